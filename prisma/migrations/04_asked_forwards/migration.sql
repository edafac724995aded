-- AlterTable
ALTER TABLE "forwards" ADD COLUMN     "edit" JSON;
