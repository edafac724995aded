-- CreateTable
CREATE TABLE "bins" (
    "id" TEXT NOT NULL,
    "name" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6),
    "deleted_at" TIMESTAMPTZ(6),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "cleared_through" BIGINT NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,
    "response_status" SMALLINT NOT NULL DEFAULT 200,
    "response_headers" JSON NOT NULL DEFAULT '[]',
    "response_body" BYTEA NOT NULL DEFAULT '\x',
    "response_delay_ms" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "bins_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bin_heads" (
    "bin_id" TEXT NOT NULL,
    "last_seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "bin_heads_pkey" PRIMARY KEY ("bin_id")
);

-- CreateTable
CREATE TABLE "keys" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session_bins" (
    "session_id" BYTEA NOT NULL,
    "bin_id" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_bins_pkey" PRIMARY KEY ("session_id","bin_id")
);

-- CreateTable
CREATE TABLE "requests" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "received_at_us" BIGINT NOT NULL,
    "method" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "target_prefix" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "http_version" TEXT NOT NULL,
    "headers" JSON NOT NULL,
    "trailers" JSON,
    "content_type" TEXT,
    "body" BYTEA,
    "body_size" INTEGER NOT NULL,
    "body_declared_size" BIGINT,
    "body_truncated" BOOLEAN NOT NULL,
    "body_incomplete" BOOLEAN NOT NULL,
    "body_sha256" BYTEA NOT NULL,
    "remote_address" TEXT NOT NULL,
    "cookie_redacted" BOOLEAN NOT NULL,
    "provider_id" TEXT,
    "event" TEXT,
    "delivery_id" TEXT,
    "delivery_attempt" INTEGER,
    "response_status" SMALLINT,
    "response_headers" JSON,
    "response_body_size" INTEGER NOT NULL,
    "body_ms" REAL NOT NULL,

    CONSTRAINT "requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bodies" (
    "id" UUID NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "bodies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answers" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "outcome" TEXT NOT NULL,
    "responded_ms" REAL,
    "stored_ms" REAL NOT NULL,
    "delay_cut" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "answers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "forwards" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "request_id" UUID NOT NULL,
    "target" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "append" BOOLEAN NOT NULL,
    "resigned" BOOLEAN NOT NULL,
    "edited" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "forwards_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempts" (
    "id" UUID NOT NULL,
    "forward_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "status" SMALLINT,
    "headers" JSON,
    "body_size" INTEGER NOT NULL DEFAULT 0,
    "body" BYTEA,
    "body_sha256_sent" BYTEA NOT NULL,
    "timing" JSON NOT NULL,
    "error_code" TEXT,
    "error_message" TEXT,

    CONSTRAINT "attempts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "bins_expires_at_idx" ON "bins"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "keys_hash_key" ON "keys"("hash");

-- CreateIndex
CREATE INDEX "keys_bin_id_idx" ON "keys"("bin_id");

-- CreateIndex
CREATE INDEX "sessions_last_seen_at_idx" ON "sessions"("last_seen_at");

-- CreateIndex
CREATE INDEX "session_bins_key_id_idx" ON "session_bins"("key_id");

-- CreateIndex
CREATE INDEX "requests_bin_id_seq_idx" ON "requests"("bin_id", "seq");

-- CreateIndex
CREATE INDEX "forwards_request_id_idx" ON "forwards"("request_id");

-- CreateIndex
CREATE INDEX "attempts_forward_id_idx" ON "attempts"("forward_id");

-- By hand: bodies are stored as they came, never compressed: that would spend CPU while a sender waits for its answer, and
-- a part of an uncompressed value can be read without reading the rest.
ALTER TABLE "requests" ALTER COLUMN "body" SET STORAGE EXTERNAL;
ALTER TABLE "bodies" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "attempts" ALTER COLUMN "body" SET STORAGE EXTERNAL;

-- By hand: these tables only grow at one end and are cut at the other. Vacuum after a twentieth is gone, not after the
-- default fifth, so that the room of what retention removed is used again soon.
ALTER TABLE "requests" SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05, toast.autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE "answers" SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
ALTER TABLE "bodies" SET (autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_vacuum_scale_factor = 0.05);

-- By hand: one row per bin, updated with every batch. The free half of each page lets an update stay on its page, where
-- the next one cleans up after it without a vacuum (a HOT update).
ALTER TABLE "bin_heads" SET (fillfactor = 50);
