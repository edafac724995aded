import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { inTurns } from "./in-turns.ts";

const run = promisify(execFile);
const RUN_MS_MAX = 60_000;
const AT_ONCE = 6;
/** curl's exit status after --max-time. */
const CURL_TIMED_OUT = 28;

/** A text to run, in a folder of its own where the body lies as body.bin. */
export type Copy = { folder: string; text: string };

/** What went wrong with a text; null when its answer's head lies in head.txt. */
export type Outcome = string | null;

export function layOut(texts: readonly { text: string; body: Uint8Array }[]): {
  copies: Copy[];
  remove(): void;
} {
  const root = mkdtempSync(path.join(os.tmpdir(), "hooklens-copy-"));
  const copies = texts.map(({ text, body }, index) => {
    const folder = path.join(root, String(index));
    mkdirSync(folder);
    if (text.includes("body.bin")) writeFileSync(path.join(folder, "body.bin"), body);
    return { folder, text };
  });
  return { copies, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** The machine's curl, from a bash for each text. A function of its name only says where the answer goes. */
export const runCurl = (copies: readonly Copy[]): Promise<Outcome[]> =>
  runBash(copies, `curl() { command curl -sS --dump-header head.txt --output /dev/null "$@"; }`);

/** What a bash makes of the texts for HTTPie: the words in `args`, each ended by a NUL, and the input in `stdin`. */
export const readHttpie = (copies: readonly Copy[]): Promise<Outcome[]> =>
  runBash(copies, `http() { printf '%s\\0' "$@" > args; cat > stdin; }`);

function runBash(copies: readonly Copy[], prelude: string): Promise<Outcome[]> {
  return inTurns(copies, AT_ONCE, async ({ folder, text }) => {
    writeFileSync(path.join(folder, "copy.sh"), `${prelude}\n${text}`);
    const running = run("bash", ["copy.sh"], { cwd: folder, timeout: RUN_MS_MAX });
    running.child.stdin?.end();
    return running.then(
      () => null,
      (error: Error & { code: number | string }) =>
        error.code === CURL_TIMED_OUT ? null : error.message,
    );
  });
}

/** One process for all texts: `command` with the copies' file as its last argument prints the outcomes. */
export async function runInOne(copies: readonly Copy[], command: string[]): Promise<Outcome[]> {
  const [program = "", ...args] = command;
  const list = path.join(path.dirname(copies[0]?.folder ?? os.tmpdir()), "copies.json");
  writeFileSync(list, JSON.stringify(copies));
  const { stdout } = await run(program, [...args, list], { timeout: RUN_MS_MAX });
  return JSON.parse(stdout) as Outcome[];
}

/** The id of the request that the run of a text has made; empty when it made none. */
export function capturedId({ folder }: Copy): string {
  const file = path.join(folder, "head.txt");
  const head = existsSync(file) ? readFileSync(file, "latin1") : "";
  return /^Hooklens-Request-Id: *(\S+)/im.exec(head)?.[1] ?? "";
}

export const helper = (file: string): string => path.join(import.meta.dirname, file);
