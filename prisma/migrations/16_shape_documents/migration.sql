-- CreateTable
CREATE TABLE "shape_documents" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "provider" TEXT,
    "event" TEXT,
    "q" TEXT,
    "text" TEXT NOT NULL,
    "entry" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "shape_documents_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "shape_documents_bin_id_idx" ON "shape_documents"("bin_id");
