-- AlterTable
ALTER TABLE "listeners" ADD COLUMN     "instance" UUID,
ADD COLUMN     "took_over_at" TIMESTAMPTZ(6);
