-- AlterTable
ALTER TABLE "bins" ADD COLUMN     "handshakes" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "requests" ADD COLUMN     "handshake" TEXT;
