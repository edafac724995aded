-- AlterTable
ALTER TABLE "destinations" ADD COLUMN     "headers_key_id" TEXT,
ADD COLUMN     "headers_sealed" BYTEA;

-- CreateIndex
CREATE INDEX "destinations_headers_key_id_idx" ON "destinations"("headers_key_id");

-- AddForeignKey
ALTER TABLE "destinations" ADD CONSTRAINT "destinations_headers_key_id_fkey" FOREIGN KEY ("headers_key_id") REFERENCES "sealing_keys"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What attempts say of headers that a destination adds: their values are sealed from now on, and stand nowhere else.
UPDATE "attempts" SET "changes" = (
  SELECT json_agg(CASE
    WHEN change ->> 'why' = 'the destination''s setting' AND change ->> 'kind' = 'added'
      THEN (jsonb_set(change::jsonb, '{value}', '"(sealed)"'))::json
    ELSE change END)
  FROM json_array_elements("attempts"."changes") AS change
)
FROM "forwards" JOIN "destinations" ON "destinations"."id" = "forwards"."destination_id"
WHERE "attempts"."forward_id" = "forwards"."id" AND json_array_length("add_headers") > 0
  AND "changes"::text LIKE '%the destination''s setting%';
