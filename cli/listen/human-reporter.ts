import type { Io } from "../io.ts";
import { formatClock } from "../terminal/format.ts";
import { LiveArea } from "../terminal/live-area.ts";
import { visible } from "../terminal/visible.ts";
import { wrap } from "../terminal/wrap.ts";
import { VERSION } from "../own.ts";
import type { Job } from "./job.ts";
import { explanationOf, isFailure, requestLine, runningLine } from "./lines.ts";
import { describeRoute } from "./route.ts";
import type { Reporter } from "./reporter.ts";
import { statusLine, type LinkState } from "./status-line.ts";
import { type Missed, wordsOfPassed, wordsOfReturn, wordsOfStart } from "./words.ts";

const REDRAW_MS = 1_000;
/** Under the request's line, behind its time. */
const INDENT = 9;

type Options = { io: Io; quiet: boolean; missed: Missed };

/**
 * For a person: one line for each request, and a word when something happens to the connection. On a terminal the lines of
 * what is under way are drawn in their place, above one that says how the connection is; elsewhere a line is printed once it is whole.
 */
export function createHumanReporter({ io, quiet, missed }: Options): Reporter {
  const { style } = io;
  const area = io.stdout.isTTY && io.env["TERM"] !== "dumb" ? new LiveArea(io.stdout) : null;
  const running = new Map<string, Job>();
  const counts = { delivered: 0, failed: 0, unwanted: 0 };
  let link: LinkState = { kind: "connecting", reason: null };
  let known = 0;

  const print = (line: string) => (area ? area.print(line) : io.out(line));
  /** Loss is told even when quiet. */
  const notice = (text: string, paint = style.dim) => {
    for (const [at, line] of wrap(text, io.columns(), INDENT).entries()) {
      print(at === 0 ? `${style.dim(formatClock(Date.now()))} ${paint(line.trim())}` : paint(line));
    }
    draw();
  };
  const draw = () =>
    area?.show([
      ...[...running.values()].map((job) => runningLine(job, io.columns(), style)),
      statusLine(link, known, io.columns(), style),
    ]);
  const redraw = area && setInterval(draw, REDRAW_MS);

  return {
    beginning: ({ name, captureUrl, targets }) => {
      if (quiet) return draw();
      print(`${style.strong("hooklens")} ${VERSION}, listening as ${style.strong(visible(name))}`);
      print(`  ${style.dim("from")} ${style.link(captureUrl)}`);
      for (const target of targets) print(`  ${style.dim("to")}   ${visible(target)}`);
      draw();
    },
    connected: (welcome) => {
      link = { kind: "up", heardAt: Date.now() };
      known = welcome.lastSeq;
      if (!quiet) {
        print(`  ${style.dim("page")} ${style.link(welcome.dashboardUrl)}`);
        notice(wordsOfStart(welcome, missed), style.good);
      }
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
      draw();
    },
    begun: (job) => {
      known = Math.max(known, job.delivery.request.seq);
      running.set(job.delivery.forwardId, job);
      draw();
    },
    progress: draw,
    line: (job, line) => {
      print(`${" ".repeat(INDENT)}${style.dim(`#${job.delivery.request.seq} ${visible(line)}`)}`);
    },
    settled: ({ job, outcome, hint }) => {
      running.delete(job.delivery.forwardId);
      if (outcome.kind === "unwanted") counts.unwanted += 1;
      else counts[isFailure(outcome) ? "failed" : "delivered"] += 1;
      const isShown = !quiet || (outcome.kind === "tried" && isFailure(outcome));
      if (isShown) {
        print(requestLine(job, outcome, io.columns(), style));
        const more = explanationOf(outcome, hint);
        if (more) for (const line of wrap(more, io.columns(), INDENT)) print(style.warn(line));
      }
      draw();
    },
    passed: (passed) => notice(wordsOfPassed(passed), style.warn),
    head: (lastSeq) => {
      known = Math.max(known, lastSeq);
      draw();
    },
    reloaded: (routes) => {
      notice("The file was saved: its targets are in use.", style.good);
      for (const route of routes) print(`  ${style.dim("to")}   ${visible(describeRoute(route))}`);
    },
    notReloaded: (message) => notice(`${visible(message)} The targets of before stay.`, style.bad),
    leaving: (count) => {
      if (count > 0)
        notice(
          `Leaving once ${count} under way ${count === 1 ? "is" : "are"} done; Ctrl-C again leaves at once, and what is not done comes again.`,
        );
    },
    end: () => {
      if (redraw) clearInterval(redraw);
      area?.clear();
      const { delivered, failed, unwanted } = counts;
      const parts = [
        `${delivered} delivered`,
        `${failed} failed`,
        ...(unwanted ? [`${unwanted} without a target`] : []),
      ];
      if (!quiet && delivered + failed + unwanted > 0)
        io.out(style.dim(`Left: ${parts.join(", ")}.`));
    },
  };
}
