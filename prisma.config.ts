import { defineConfig } from "prisma/config";

// `prisma generate` only wants the schema engine's path to exist; it never runs it. Without this it would try a download.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
process.env.CHECKPOINT_DISABLE ??= "1";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
