-- AlterTable
ALTER TABLE "bins" ADD COLUMN     "confirm_sns" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "enforce" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "requests" ADD COLUMN     "refused" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "signature_age" DOUBLE PRECISION,
ADD COLUMN     "signature_reason" TEXT,
ADD COLUMN     "signature_scheme" TEXT,
ADD COLUMN     "signature_status" TEXT;

-- CreateTable
CREATE TABLE "secrets" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "key_id" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6),

    CONSTRAINT "secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sealing_keys" (
    "id" TEXT NOT NULL,
    "check" BYTEA NOT NULL,

    CONSTRAINT "sealing_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rejudgings" (
    "bin_id" TEXT NOT NULL,
    "head" BIGINT NOT NULL,
    "below" BIGINT NOT NULL,
    "began_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rejudgings_pkey" PRIMARY KEY ("bin_id")
);

-- CreateIndex
CREATE INDEX "secrets_bin_id_idx" ON "secrets"("bin_id");

-- CreateIndex
CREATE INDEX "secrets_key_id_idx" ON "secrets"("key_id");

-- AddForeignKey
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "sealing_keys"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
