import type { Socket } from "socket.io-client";
import { ApiError } from "#lib/contract/calls.ts";
import {
  type HandshakeRefusal,
  LIVE_NAMESPACE,
  type LiveServerEvents,
} from "#lib/contract/events.ts";
import type { LiveAuth } from "#lib/contract/live-auth.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { BinAccess } from "../bin-access.ts";
import { CliError, Exit, type ExitCode } from "../exit.ts";
import { searchRequests } from "../find-request.ts";
import type { Io } from "../io.ts";
import { holdLink } from "../link.ts";
import { onLeave } from "../listen/leaving.ts";
import { refusalError } from "../refusal.ts";
import { summaryLine } from "../summary-line.ts";
import { formatClock, formatSpan } from "../terminal/format.ts";
import { jsonLine } from "../terminal/json-line.ts";

type LiveSocket = Socket<LiveServerEvents, Record<string, never>>;

type Tailing = {
  access: BinAccess;
  q: string | undefined;
  /** How many of the newest come first. */
  before: number;
  json: boolean;
  quiet: boolean;
  io: Io;
};

const CONNECT_MS_MAX = 15_000;
const RETRY_MS = 1_000;

/** Prints a bin's requests as they come, until a person ends it or the server does for good. */
export function tail({ access, q, before, json, quiet, io }: Tailing): Promise<ExitCode> {
  /** All up to here was printed, or did not match; null until the server has said where it stands. */
  let printed: number | null = null;
  /** How many of those that were there already are still to be printed. */
  let backlog: number | null = null;
  let newest = 0;
  let heardAt = 0;
  let isDown = false;
  let lastReason = "no answer";
  let isReading = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  return new Promise<ExitCode>((resolve, reject) => {
    const link = holdLink<LiveSocket>(
      { origin: access.origin, namespace: LIVE_NAMESPACE, auth },
      { opened, heard, down, refused },
    );
    const impatience = setTimeout(
      () =>
        fail(
          new CliError(Exit.unreachable, `${access.origin} could not be reached: ${lastReason}.`),
        ),
      CONNECT_MS_MAX,
    );
    const stopSignals = onLeave(
      () => end(Exit.done),
      () => process.exit(Exit.interrupted),
    );

    function close(): void {
      clearTimeout(impatience);
      clearTimeout(retry);
      stopSignals();
      void link.close();
    }
    function end(code: ExitCode): void {
      close();
      resolve(code);
    }
    function fail(error: unknown): void {
      close();
      reject(error instanceof Error ? error : new Error(String(error)));
    }

    function auth(): LiveAuth {
      return { bin: access.bin, key: access.key, ...(printed === null ? {} : { after: printed }) };
    }

    function opened(socket: LiveSocket): void {
      const news = ({ lastSeq }: { lastSeq: number }) => {
        clearTimeout(impatience);
        if (printed === null) begin(lastSeq);
        newest = Math.max(newest, lastSeq);
        void readOn();
      };
      socket.on("requests", news);
      socket.on("behind", news);
      socket.on("gone", ({ code }) => {
        const isKey = code === "key_revoked";
        fail(
          new CliError(
            isKey ? Exit.key : Exit.notFound,
            isKey ? "The key was revoked." : "The bin was deleted, or has expired.",
          ),
        );
      });
    }

    function begin(lastSeq: number): void {
      backlog = before > 0 && lastSeq > 0 ? before : null;
      printed = backlog === null ? lastSeq : 0;
      if (!quiet)
        io.note(
          io.errorStyle.dim(
            `Waiting for requests to ${access.origin}/in/${access.bin} (Ctrl-C leaves)`,
          ),
        );
    }

    /** The table is the truth: what is printed is read from the list, and news only say that there is something to read. */
    async function readOn(): Promise<void> {
      if (isReading) return;
      isReading = true;
      try {
        while (printed !== null && printed < newest) {
          const until = newest;
          const max = backlog ?? Number.POSITIVE_INFINITY;
          const found: RequestSummary[] = [];
          for await (const request of searchRequests(access, { q, max, above: printed }))
            found.push(request);
          for (const request of found.reverse()) {
            if (request.seq > until) newest = Math.max(newest, request.seq);
            io.out(json ? jsonLine(request) : summaryLine(request, io.columns(), io.style));
          }
          backlog = null;
          printed = Math.max(until, found.at(-1)?.seq ?? 0);
        }
      } catch (error) {
        if (!isPassing(error)) return fail(error);
        clearTimeout(retry);
        retry = setTimeout(() => void readOn(), RETRY_MS);
      } finally {
        isReading = false;
      }
    }

    function heard(): void {
      heardAt = Date.now();
      if (!isDown) return;
      isDown = false;
      if (!quiet) io.note(io.errorStyle.good("Connected again: what came meanwhile is printed."));
    }

    function down(reason: string): void {
      lastReason = reason;
      if (isDown || heardAt === 0) return;
      isDown = true;
      io.note(
        io.errorStyle.warn(
          `Connection lost: ${reason}. The server was last heard at ${formatClock(heardAt)}, ${formatSpan(Date.now() - heardAt)} ago. Trying again.`,
        ),
      );
    }

    function refused(refusal: HandshakeRefusal): void {
      fail(refusalError(refusal, access));
    }
  });
}

/** The server is away or busy: it is asked again. */
const isPassing = (error: unknown) =>
  error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
