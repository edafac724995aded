import type { Passed, Welcome } from "#lib/contract/relay.ts";
import type { Job, Settled } from "./job.ts";
import type { Route } from "./route.ts";

/** The start of one `listen`. */
type Beginning = { name: string; captureUrl: string; targets: string[] };

/** What `listen` tells whoever started it: a person at a terminal, a log, or a program. */
export type Reporter = {
  beginning: (beginning: Beginning) => void;
  /** The first connection. */
  connected: (welcome: Welcome) => void;
  /** A later one; `awayMs`: since the server was last heard. */
  back: (welcome: Welcome, awayMs: number) => void;
  /** All that was missed was handed over or told as passed. */
  caughtUp: (count: number) => void;
  heard: () => void;
  /** The way is cut; `since`: when the server was last heard, 0 for never. In milliseconds since 1970. */
  lost: (reason: string, since: number) => void;
  /** Another try failed. */
  stillLost: (reason: string) => void;
  begun: (job: Job) => void;
  progress: (job: Job) => void;
  line: (job: Job, line: string) => void;
  settled: (settled: Settled) => void;
  passed: (passed: Passed) => void;
  /** The bin is known to be this far. */
  head: (lastSeq: number) => void;
  /** The file was saved and is in use. */
  reloaded: (routes: readonly Route[]) => void;
  /** The file was saved and is not right: the targets of before stay. */
  notReloaded: (message: string) => void;
  /** Ctrl-C; so many are still under way. */
  leaving: (running: number) => void;
  /** Nothing comes after this. */
  end: () => void;
};
