-- AlterTable
ALTER TABLE "forwards" ADD COLUMN     "dead_reason" TEXT,
ADD COLUMN     "destination_id" UUID;

-- CreateTable
CREATE TABLE "destinations" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "q" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "append" BOOLEAN NOT NULL,
    "resign" BOOLEAN NOT NULL,
    "ordered" BOOLEAN NOT NULL,
    "add_headers" JSON NOT NULL,
    "remove_headers" JSON NOT NULL,
    "retry" JSON NOT NULL,
    "breaker" JSON NOT NULL,
    "rate_per_second" DOUBLE PRECISION,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cursor" BIGINT NOT NULL,
    "missed" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "destinations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "destination_states" (
    "destination_id" UUID NOT NULL,
    "turn" UUID,
    "due_at" TIMESTAMPTZ(6),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(6),
    "probe_at" TIMESTAMPTZ(6),
    "tokens" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "tokens_at" TIMESTAMPTZ(6),

    CONSTRAINT "destination_states_pkey" PRIMARY KEY ("destination_id")
);

-- CreateTable
CREATE TABLE "waiting_forwards" (
    "forward_id" UUID NOT NULL,
    "destination_id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "request_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL,
    "attempt_id" UUID,

    CONSTRAINT "waiting_forwards_pkey" PRIMARY KEY ("forward_id")
);

-- CreateIndex
CREATE INDEX "destinations_bin_id_idx" ON "destinations"("bin_id");

-- CreateIndex
CREATE INDEX "destination_states_due_at_idx" ON "destination_states"("due_at");

-- CreateIndex
CREATE INDEX "waiting_forwards_destination_id_due_at_idx" ON "waiting_forwards"("destination_id", "due_at");

-- CreateIndex
CREATE INDEX "waiting_forwards_destination_id_seq_idx" ON "waiting_forwards"("destination_id", "seq");

-- CreateIndex
CREATE INDEX "waiting_forwards_request_id_idx" ON "waiting_forwards"("request_id");

-- CreateIndex
CREATE INDEX "forwards_destination_id_state_id_idx" ON "forwards"("destination_id", "state", "id");
