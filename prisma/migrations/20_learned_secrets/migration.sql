-- AlterTable
ALTER TABLE "secrets" ADD COLUMN     "learned_from" BIGINT;
