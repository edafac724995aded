-- CreateTable
CREATE TABLE "search_blocks" (
    "bin_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "format" SMALLINT NOT NULL,
    "width" INTEGER NOT NULL,
    "bits" BYTEA NOT NULL,
    "scopes" INTEGER[],
    "numbers" BYTEA NOT NULL,

    CONSTRAINT "search_blocks_pkey" PRIMARY KEY ("bin_id","number")
);

-- By hand: a query reads some bytes here and there of a block. Of a value that is stored as it is Postgres reads only
-- these; a compressed one it would have to unpack whole.
ALTER TABLE "search_blocks" ALTER COLUMN "bits" SET STORAGE EXTERNAL;
ALTER TABLE "search_blocks" ALTER COLUMN "numbers" SET STORAGE EXTERNAL;
