import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { COMPILE_CACHE } from "./server.ts";

export type Holder = { child: ChildProcess; url?: string; refused?: string };

const SCRIPT = path.join(import.meta.dirname, "hold-database.ts");
const running = new Set<ChildProcess>();

/** Opens the database of a data folder in a process of its own, and waits for the outcome. */
export async function holdDatabase(dataDir: string): Promise<Holder> {
  const child = spawn(process.execPath, [SCRIPT], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env["PATH"],
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      NODE_ENV: "production",
      DATA_DIR: dataDir,
    },
  });
  running.add(child);
  let output = "";
  for await (const piece of child.stdout.setEncoding("utf8")) {
    output += String(piece);
    if (output.includes("\n")) break;
  }
  return { child, ...(JSON.parse(output) as Omit<Holder, "child">) };
}

export async function end({ child }: Holder, signal: NodeJS.Signals): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}

export async function endAll(): Promise<void> {
  await Promise.all([...running].map((child) => end({ child }, "SIGTERM")));
}
