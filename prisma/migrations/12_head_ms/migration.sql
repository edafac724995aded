-- AlterTable
ALTER TABLE "requests" ADD COLUMN     "head_ms" REAL;
