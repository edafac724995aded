-- AlterTable
ALTER TABLE "requests" ADD COLUMN     "account" TEXT,
ADD COLUMN     "event_id" TEXT,
ADD COLUMN     "mode" TEXT,
ADD COLUMN     "occurred_at_us" BIGINT,
ADD COLUMN     "provider_chosen" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "thread_key" BYTEA,
ADD COLUMN     "thread_place" INTEGER NOT NULL DEFAULT 1;

-- CreateIndex
CREATE INDEX "requests_bin_id_thread_key_seq_idx" ON "requests"("bin_id", "thread_key", "seq");
