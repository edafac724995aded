import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGS, installedChromium } from "./tests/helpers/chromium.ts";

const executablePath = installedChromium();

export default defineConfig({
  testDir: "tests/browser",
  outputDir: "test-results/browser",
  // For a machine that is busy; where all is well no time of it is used.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  globalSetup: "./tests/helpers/browser-server.ts",
  workers: 3,
  forbidOnly: true,
  // A machine that is busy for a moment is tried again, and the report calls the test flaky; what fails twice is red.
  retries: 1,
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    // Tracing every test takes a third of the run's work.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
    // Emptied between two tests: a new one would fetch and compile all scripts again.
    reuseContext: true,
    launchOptions: { args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) },
  },
  projects: [
    // A minute of its own, most of it spent waiting: it begins first, beside the others.
    { name: "cuts", testMatch: "live.spec.ts" },
    { name: "pages", testIgnore: "live.spec.ts", fullyParallel: true },
  ],
});
