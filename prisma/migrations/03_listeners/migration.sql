-- AlterTable
ALTER TABLE "bins" ADD COLUMN     "listener_wait_ms" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "answers" ADD COLUMN     "response_body_size" INTEGER,
ADD COLUMN     "response_headers" JSON,
ADD COLUMN     "response_status" SMALLINT;

-- AlterTable
ALTER TABLE "forwards" ADD COLUMN     "listener" TEXT;

-- AlterTable
ALTER TABLE "attempts" ADD COLUMN     "changes" JSON,
ADD COLUMN     "url" TEXT;

-- CreateTable
CREATE TABLE "listeners" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "cursor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "connection" UUID,
    "key_id" UUID NOT NULL,
    "targets" JSON NOT NULL DEFAULT '[]',
    "version" TEXT NOT NULL DEFAULT '',
    "connected_at" TIMESTAMPTZ(6) NOT NULL,
    "heard_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "listeners_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "listeners_heard_at_idx" ON "listeners"("heard_at");

-- CreateIndex
CREATE UNIQUE INDEX "listeners_bin_id_name_key" ON "listeners"("bin_id", "name");
