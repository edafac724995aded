-- CreateTable
CREATE TABLE "scenarios" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_run" JSON,

    CONSTRAINT "scenarios_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variables" (
    "id" UUID NOT NULL,
    "bin_id" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT,
    "key_id" TEXT,
    "sealed" BYTEA,

    CONSTRAINT "variables_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "scenarios_bin_id_name_key" ON "scenarios"("bin_id", "name");

-- CreateIndex
CREATE INDEX "variables_key_id_idx" ON "variables"("key_id");

-- CreateIndex
CREATE UNIQUE INDEX "variables_bin_id_environment_name_key" ON "variables"("bin_id", "environment", "name");

-- AddForeignKey
ALTER TABLE "variables" ADD CONSTRAINT "variables_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "sealing_keys"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
