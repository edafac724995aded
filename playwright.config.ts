import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGS, installedChromium } from "./tests/helpers/chromium.ts";

const executablePath = installedChromium();

export default defineConfig({
  testDir: "tests/browser",
  outputDir: "test-results/browser",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Each worker runs a server, a database and a browser.
  workers: 1,
  forbidOnly: true,
  // A machine that is busy for a moment is tried again, and the report calls the test flaky; what fails twice is red.
  retries: 1,
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    trace: "retain-on-failure",
    launchOptions: { args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) },
  },
});
