-- CreateTable
CREATE TABLE "annotations" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "labels" TEXT[],
    "pinned" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "annotations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "annotations_bin_id_pinned_seq_idx" ON "annotations"("bin_id", "pinned", "seq");
