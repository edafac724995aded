import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { ATTEMPT_BODY_BYTES_MAX } from "#lib/contract/attempt-limits.ts";
import type { Draft } from "#lib/forward/draft.ts";
import { AwakeTimer } from "#lib/forward/awake-timer.ts";
import { HeadKeeper } from "#lib/forward/head-keeper.ts";
import { messageOf } from "#lib/message-of.ts";
import type { Errand } from "./send-on.ts";

type Running = { command: string; draft: Draft; errand: Errand; timeoutMs: number };

export type Ended = {
  /** The first ATTEMPT_BODY_BYTES_MAX of what it printed. */
  output: Buffer<ArrayBuffer>;
  outputSize: number;
  totalMs: number;
  error: { code: "exec_failed" | "timeout"; message: string } | null;
};

/** Between asking a command to end and ending it. */
const KILL_AFTER_MS = 2_000;
const isWindows = process.platform === "win32";

/** Commands under way. They are in groups of their own, which a terminal's Ctrl-C does not reach. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) signalGroup(child, "SIGTERM");
});

/**
 * Runs a command in a shell with the body on its stdin and the head in its environment: nothing of the payload is in its
 * arguments, so nothing of it is read as shell text. Exit 0 is success.
 */
export async function runCommand({ command, draft, errand, timeoutMs }: Running): Promise<Ended> {
  const startedAt = performance.now();
  const output = new HeadKeeper(ATTEMPT_BODY_BYTES_MAX);
  const child = spawn(command, {
    shell: true,
    // A group of its own, so that a time limit ends what the shell started as well.
    detached: !isWindows,
    windowsHide: true,
    stdio: ["pipe", "pipe", "pipe"],
    env: environmentOf(draft, errand),
  });
  running.add(child);
  let isLate = false;
  const limit = new AwakeTimer(timeoutMs, () => {
    isLate = true;
    endGroup(child);
  });
  child.stdout.on("data", (chunk: Buffer) => output.add(chunk));
  createInterface({ input: child.stderr }).on("line", errand.onLine);
  // A command need not read its input.
  child.stdin.on("error", () => {});
  child.stdin.end(draft.body);
  const error = await outcomeOf(child, command, () => isLate, timeoutMs);
  limit.stop();
  running.delete(child);
  const totalMs = Math.round((performance.now() - startedAt) * 1000) / 1000;
  return { output: output.bytes(), outputSize: output.size, totalMs, error };
}

async function outcomeOf(
  child: ChildProcess,
  command: string,
  isLate: () => boolean,
  timeoutMs: number,
): Promise<Ended["error"]> {
  try {
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    if (isLate()) {
      return {
        code: "timeout",
        message: `\`${command}\` did not end within ${timeoutMs / 1000} s. --timeout 10m waits longer.`,
      };
    }
    if (code === 0) return null;
    const how =
      code === null
        ? `was ended by ${signal}`
        : `exited with ${code}${code === 127 ? " (no such command)" : ""}`;
    return { code: "exec_failed", message: `\`${command}\` ${how}.` };
  } catch (error) {
    const said = messageOf(error);
    return { code: "exec_failed", message: `\`${command}\` could not be started: ${said}` };
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // All of it has ended.
  }
}

function endGroup(child: ChildProcess): void {
  signalGroup(child, "SIGTERM");
  setTimeout(() => {
    signalGroup(child, "SIGKILL");
    // What still holds the pipes open must not keep us waiting.
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, KILL_AFTER_MS).unref();
}

/** The handler gets the head as text; the key of the bin is not its business. */
function environmentOf(draft: Draft, { request, forwardId, attempt }: Errand): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env };
  delete environment["HOOKLENS_KEY"];
  delete environment["HOOKLENS_SECRET"];
  for (const [name, value] of draft.headers) {
    const variable = `HOOKLENS_HEADER_${name.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
    const known = environment[variable];
    environment[variable] = known === undefined ? value : `${known}, ${value}`;
  }
  return {
    ...environment,
    HOOKLENS_METHOD: draft.method,
    HOOKLENS_TARGET: draft.target,
    HOOKLENS_URL: request.url,
    HOOKLENS_HEADERS: JSON.stringify(draft.headers),
    HOOKLENS_CONTENT_TYPE: request.contentType ?? "",
    HOOKLENS_PROVIDER: request.provider?.id ?? "",
    HOOKLENS_EVENT: request.provider?.event ?? "",
    HOOKLENS_REQUEST_ID: request.id,
    HOOKLENS_SEQ: String(request.seq),
    HOOKLENS_RECEIVED_AT: request.receivedAt,
    HOOKLENS_REMOTE_ADDRESS: request.remoteAddress,
    HOOKLENS_FORWARD_ID: forwardId,
    HOOKLENS_ATTEMPT: String(attempt),
    HOOKLENS_BIN: request.binId,
  };
}
