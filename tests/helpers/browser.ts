import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test as base } from "@playwright/test";
import { startServer, type TestServer } from "./server.ts";

/** One server with its own embedded Postgres for all tests of a worker, as a person starts it. */
export const test = base.extend<{ baseURL: string }, { server: TestServer }>({
  server: [
    async ({}, use) => {
      const dataDir = mkdtempSync(path.join(os.tmpdir(), "hooklens-browser-"));
      const server = await startServer({ dataDir });
      try {
        await use(server);
      } finally {
        await server.stop();
        rmSync(dataDir, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ server }, use) => use(`http://localhost:${server.port}`),
});

export { expect } from "@playwright/test";
