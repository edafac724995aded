import { LRUCache } from "lru-cache";
import { createSideThread, type Ran } from "../side-thread/side-thread.ts";
import type { Asked, Checked, CheckedRequest, Opened, Outcome } from "./messages.ts";

const OPEN_MS = 3_000;
const CHECK_MS = 1_000;
const MEMORY_MB = 192;
/** A document that took too long is left alone for so long. */
const REST_MS = 60_000;
const RESTING_MAX = 1_000;
/** Documents that one thread has opened; then a new one begins with none. */
const OPENED_MAX = 60;

const TOO_LONG =
  "It took too long, or too much memory. Simpler patterns and fewer references help.";
const TOO_MANY = "Too many checks wait already. Try again.";

/** Has documents opened, and requests checked by them, in a thread that a hostile document can't hold for long. */
export function createChecker({ openMs = OPEN_MS, checkMs = CHECK_MS } = {}) {
  const thread = createSideThread<Asked, Outcome>({
    entry: new URL("./worker.ts", import.meta.url),
    oldSpaceMb: MEMORY_MB,
  });
  const resting = new LRUCache<string, true>({ max: RESTING_MAX, ttl: REST_MS });
  let opened = 0;

  async function open(text: string, entry: string | null): Promise<Opened> {
    countOpened();
    const ran = await thread.run("open", { kind: "open", text, entry }, openMs);
    if (ran.kind === "done" && isOpened(ran.outcome)) return ran.outcome;
    return { kind: "unusable", detail: ran.kind === "full" ? TOO_MANY : TOO_LONG, line: null };
  }

  /** `textOf` is asked for the document's text where the thread does not have it yet. */
  async function check(
    { key, entry }: { key: string; entry: string | null },
    textOf: () => Promise<string | null>,
    request: CheckedRequest,
  ): Promise<Checked> {
    if (resting.has(key)) return unchecked(TOO_LONG);
    const asked = { kind: "check", key, text: null, entry, request } as const;
    const known = await thread.run(key, asked, checkMs);
    if (known.kind !== "done" || known.outcome.kind !== "unknown") return checkedOf(key, known);
    const text = await textOf();
    if (text === null) return unchecked("The document was removed meanwhile.");
    countOpened();
    return checkedOf(key, await thread.run(key, { ...asked, text }, checkMs));
  }

  function checkedOf(key: string, ran: Ran<Outcome>): Checked {
    if (ran.kind === "full") return unchecked(TOO_MANY);
    if (ran.kind === "done" && isChecked(ran.outcome)) return ran.outcome;
    resting.set(key, true);
    return unchecked(TOO_LONG);
  }

  function countOpened(): void {
    opened += 1;
    if (opened <= OPENED_MAX) return;
    opened = 1;
    thread.renew();
  }

  return { open, check, stop: thread.stop };
}

export type Checker = ReturnType<typeof createChecker>;

const unchecked = (detail: string): Checked => ({ kind: "unchecked", detail });

const isOpened = (outcome: Outcome): outcome is Opened =>
  outcome.kind === "opened" || outcome.kind === "unusable";

const isChecked = (outcome: Outcome): outcome is Checked =>
  outcome.kind === "valid" || outcome.kind === "invalid" || outcome.kind === "unchecked";
