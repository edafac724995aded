-- CreateTable
CREATE TABLE "saved_filters" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "q" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_filters_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "saved_filters_bin_id_name_key" ON "saved_filters"("bin_id", "name");
