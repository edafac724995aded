#!/usr/bin/env node
import { runCommandLine } from "./run.ts";

// Written to a program that has ended, such as `head`: nobody reads on.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

process.exitCode = await runCommandLine(process.argv.slice(2), process);
