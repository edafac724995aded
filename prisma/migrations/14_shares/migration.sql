-- CreateTable
CREATE TABLE "shares" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "hash" BYTEA NOT NULL,
    "request_id" UUID,
    "q" TEXT,
    "hide" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),
    "opens" INTEGER NOT NULL DEFAULT 0,
    "last_opened_at" TIMESTAMPTZ(6),

    CONSTRAINT "shares_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session_shares" (
    "session_id" BYTEA NOT NULL,
    "share_id" UUID NOT NULL,

    CONSTRAINT "session_shares_pkey" PRIMARY KEY ("session_id","share_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "shares_hash_key" ON "shares"("hash");

-- CreateIndex
CREATE INDEX "shares_bin_id_idx" ON "shares"("bin_id");

-- CreateIndex
CREATE INDEX "session_shares_share_id_idx" ON "session_shares"("share_id");

-- AddForeignKey
ALTER TABLE "session_shares" ADD CONSTRAINT "session_shares_share_id_fkey" FOREIGN KEY ("share_id") REFERENCES "shares"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
