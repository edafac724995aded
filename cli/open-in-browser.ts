import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a browser may take to read the file. */
const READ_MS = 10_000;

/**
 * Opens an address that holds a secret: through a file in a folder of the user's own, since every program's arguments can be
 * seen by everybody on the machine. False when no browser can be started.
 */
export async function openInBrowser(url: string): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), "hooklens-"));
  const file = path.join(folder, "open.html");
  try {
    writeFileSync(file, redirectPage(url), { mode: 0o600 });
    if (!(await start(file))) return false;
    await sleep(READ_MS);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function redirectPage(url: string): string {
  const text = JSON.stringify(url).replaceAll("<", "\\u003c");
  return `<!doctype html><meta charset="utf-8"><title>Hooklens</title><script>location.replace(${text})</script>\n`;
}

async function start(file: string): Promise<boolean> {
  const [command, ...args] = commands[process.platform] ?? ["xdg-open"];
  if (command === undefined) return false;
  const child = spawn(command, [...args, file], { stdio: "ignore", detached: true });
  try {
    await once(child, "spawn");
    // xdg-open says with its exit code that there is no browser; one that runs on is one.
    const ended = await Promise.race([once(child, "exit"), sleep(2_000)]);
    child.unref();
    return !Array.isArray(ended) || ended[0] === 0;
  } catch {
    return false;
  }
}

const commands: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};
