-- AlterTable
ALTER TABLE "forwards" ADD COLUMN     "by_browser" BOOLEAN NOT NULL DEFAULT false;
