-- AlterTable
ALTER TABLE "requests" ADD COLUMN     "imported" JSON;
