import { isDelivered } from "#lib/contract/delivered.ts";
import type { Io } from "../io.ts";
import { VERSION } from "../own.ts";
import { formatClock } from "../terminal/format.ts";
import { createScreen } from "../terminal/screen.ts";
import { visible } from "../terminal/visible.ts";
import { wrap } from "../terminal/wrap.ts";
import type { Job } from "./job.ts";
import { explanationOf, requestLine, runningLine } from "./lines.ts";
import type { Reporter } from "./reporter.ts";
import { describeRoute, type Route } from "./route.ts";
import { type LinkState, statusLine } from "./status-line.ts";
import {
  type Missed,
  wordsOfLeaving,
  wordsOfPassed,
  wordsOfReturn,
  wordsOfStart,
} from "./words.ts";

/** Under the request's line, behind its time. */
const INDENT = 9;

type Options = { io: Io; quiet: boolean; missed: Missed };

/**
 * For a person: one line for each request, and a word when something happens to the connection. On a terminal the lines of
 * what is under way are drawn in their place, above one that says how the connection is; elsewhere a line is printed once
 * it is whole.
 */
export function createHumanReporter({ io, quiet, missed }: Options): Reporter {
  const { style } = io;
  const running = new Map<string, Job>();
  const counts = { delivered: 0, failed: 0, unwanted: 0 };
  let link: LinkState = { kind: "connecting", reason: null };
  let known = 0;
  const screen = createScreen(io, () => [
    ...[...running.values()].map((job) => runningLine(job, columns(), style)),
    statusLine(link, known, columns(), style),
  ]);
  // The last column stays free: some terminals wrap when it is written.
  const columns = () => io.columns() - (screen.isTerminal ? 1 : 0);

  /** With its time; loss is told even when quiet. */
  const notice = (text: string, paint: (text: string) => string) => {
    const lines = wrap(text, columns(), INDENT).map((line, at) =>
      at === 0 ? `${style.dim(formatClock(Date.now()))} ${paint(line.trim())}` : paint(line),
    );
    screen.print(lines);
  };
  const targetLines = (routes: readonly string[]) =>
    routes.map((route) => `  ${style.dim("to")}   ${visible(route)}`);

  return {
    beginning: ({ name, captureUrl, targets }) => {
      if (quiet) return screen.touch();
      screen.print([
        `${style.strong("hooklens")} ${VERSION}, listening as ${style.strong(visible(name))}`,
        `  ${style.dim("from")} ${style.link(visible(captureUrl))}`,
        ...targetLines(targets),
      ]);
    },
    connected: (welcome) => {
      link = { kind: "up", heardAt: Date.now() };
      known = welcome.lastSeq;
      if (quiet) return screen.touch();
      screen.print([`  ${style.dim("page")} ${style.link(visible(welcome.dashboardUrl))}`]);
      notice(wordsOfStart(welcome, missed), style.good);
    },
    back: (welcome, awayMs) => {
      link = { kind: "up", heardAt: Date.now() };
      known = Math.max(known, welcome.lastSeq);
      notice(wordsOfReturn(welcome, awayMs), welcome.missed > 0 ? style.warn : style.good);
    },
    caughtUp: (count) => {
      if (!quiet) notice(`Caught up: all ${count} were handed over.`, style.good);
    },
    heard: () => {
      if (link.kind === "up") link = { kind: "up", heardAt: Date.now() };
    },
    lost: (reason, since) => {
      link = { kind: "lost", since, reason };
      notice(
        since === 0
          ? `No connection yet: ${reason}. Trying again.`
          : `Connection lost: ${reason}. The server was last heard at ${formatClock(since)}. Trying again; what is captured meanwhile is delivered afterwards.`,
        style.warn,
      );
    },
    stillLost: (reason) => {
      if (link.kind === "lost") link = { ...link, reason };
      screen.touch();
    },
    begun: (job) => {
      known = Math.max(known, job.delivery.request.seq);
      running.set(job.delivery.forwardId, job);
      screen.touch();
    },
    progress: () => screen.touch(),
    line: ({ delivery: { request } }, line) =>
      screen.print([`${" ".repeat(INDENT)}${style.dim(`#${request.seq} ${visible(line)}`)}`]),
    settled: ({ job, outcome, hint }) => {
      running.delete(job.delivery.forwardId);
      const failed = outcome.kind === "tried" && !isDelivered(outcome);
      counts[outcome.kind === "unwanted" ? "unwanted" : failed ? "failed" : "delivered"] += 1;
      if (quiet && !failed) return screen.touch();
      const more = explanationOf(outcome, hint);
      screen.print([
        requestLine(job, outcome, columns(), style),
        ...(more ? wrap(more, columns(), INDENT) : []).map(style.warn),
      ]);
    },
    passed: (passed) => notice(wordsOfPassed(passed), style.warn),
    head: (lastSeq) => {
      known = Math.max(known, lastSeq);
      screen.touch();
    },
    reloaded: (routes: readonly Route[]) => {
      notice("The file was saved: its targets are in use.", style.good);
      screen.print(targetLines(routes.map(describeRoute)));
    },
    notReloaded: (message) => notice(`${visible(message)} The targets of before stay.`, style.bad),
    leaving: (count) => {
      if (count > 0) notice(wordsOfLeaving(count), style.dim);
    },
    end: () => {
      screen.end();
      const { delivered, failed, unwanted } = counts;
      if (quiet || delivered + failed + unwanted === 0) return;
      const other = unwanted > 0 ? `, ${unwanted} without a target` : "";
      io.out(style.dim(`Left: ${delivered} delivered, ${failed} failed${other}.`));
    },
  };
}
