import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/helpers/longest-first.ts";

/**
 * Files share a worker's modules: none of them changes what a module holds, and loading them anew for each file is a third
 * of the run's work.
 */
const shared = { isolate: false };
/** For a machine that is busy; where all is well no time of it is used. */
const patience = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "oracles",
          include: ["tests/oracles/*.test.ts"],
          ...shared,
          ...patience,
        },
      },
      {
        test: { name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"], ...shared, ...patience },
      },
      {
        test: {
          name: "server",
          include: ["tests/server/**/*.test.ts"],
          globalSetup: "tests/helpers/test-postgres.ts",
          setupFiles: "tests/helpers/end-servers.ts",
          ...shared,
          // Most files wait for two thirds of their time; more at once would starve each other.
          maxWorkers: 4,
          ...patience,
        },
      },
    ],
  },
});
