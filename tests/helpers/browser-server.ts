import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startServer } from "./server.ts";

/** Playwright's workers inherit it. */
const PORT_VARIABLE = "BROWSER_TESTS_PORT";

/**
 * One server with its own embedded Postgres for all browser tests, as a person starts it. It outlives the workers, which
 * Playwright ends at every failure.
 */
export default async function setup() {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "hooklens-browser-"));
  const server = await startServer({ dataDir });
  process.env[PORT_VARIABLE] = String(server.port);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** For a test: where the run's server is. */
export function runningServer(): { origin: string; port: number } {
  const port = Number(process.env[PORT_VARIABLE]);
  return { origin: `http://127.0.0.1:${port}`, port };
}
