#!/usr/bin/env node
import { runCommandLine } from "./run.ts";

// Written to a program that has ended, such as `head`: nobody reads on.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

const code = await runCommandLine(process.argv.slice(2), process);
// Once what was printed is out: a request that is still under way, or a command, must not keep it from ending.
process.stdout.write("", () => process.exit(code));
