import { test as base } from "@playwright/test";
import { runningServer } from "./browser-server.ts";

/** Every test talks to the run's one server, and mints the bins that it needs. */
export const test = base.extend<{ baseURL: string }, { server: { origin: string; port: number } }>({
  server: [async ({}, use) => use(runningServer()), { scope: "worker" }],
  baseURL: async ({ server }, use) => use(`http://localhost:${server.port}`),
});

export { expect } from "@playwright/test";
