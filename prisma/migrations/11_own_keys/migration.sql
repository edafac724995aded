-- AlterTable
ALTER TABLE "secrets" ADD COLUMN     "public_key" TEXT;
