-- AlterTable
ALTER TABLE "destinations" ADD COLUMN     "first" BIGINT,
ADD COLUMN     "marked" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
ADD COLUMN     "planned" INTEGER,
ADD COLUMN     "stopped_at" TIMESTAMPTZ(6),
ADD COLUMN     "through" BIGINT;
