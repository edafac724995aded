import { isDelivered } from "#lib/contract/delivered.ts";
import { RELAY_BODY_BYTES_MAX } from "#lib/contract/relay.ts";
import type { Outcome, Tried } from "#lib/contract/relay-schemas.ts";
import { beside } from "../terminal/beside.ts";
import { formatClock, formatMs, formatSize } from "../terminal/format.ts";
import type { Style } from "../terminal/style.ts";
import { visible } from "../terminal/visible.ts";
import { clip, padLeft, padRight } from "../terminal/width.ts";
import type { Job } from "./job.ts";

/** Columns of the time, of seq, of the method, and of what became of it: 60 leave some 25 to the path. */
const CLOCK = 8;
const SEQ = 6;
const METHOD = 6;
const RESULT = 11;
const TIME = 8;

/** `14:03:22    #42 POST   /orders?x=1            200      12 ms` */
export function requestLine(job: Job, outcome: Outcome, columns: number, style: Style): string {
  if (outcome.kind === "unwanted")
    return line(job, columns, style, { result: style.dim("no target"), time: "" });
  const { status, error, timing } = outcome;
  const word = error?.code ?? (status === null ? "exit 0" : String(status));
  return line(job, columns, style, {
    result: paintOf(outcome, style)(clip(word, RESULT)),
    time: formatMs(timing.totalMs),
  });
}

/** The same while it is under way: how much of its body has come, or how long it waits. */
export function runningLine(job: Job, columns: number, style: Style): string {
  const { request } = job.delivery;
  const isFetching = job.fetched !== null;
  const result = isFetching ? "fetching" : "waiting";
  const time = isFetching
    ? `${Math.floor((100 * (job.fetched ?? 0)) / request.bodySize)}%`
    : formatMs(Date.now() - job.startedAt);
  return line(job, columns, style, { result: style.warn(result), time });
}

/** Why it failed, or what its answer probably means. */
export function explanationOf(outcome: Outcome, hint: string | null): string | null {
  if (outcome.kind !== "tried") return null;
  const said = outcome.error?.message ?? hint;
  return said ? visible(said) : null;
}

function line(
  job: Job,
  columns: number,
  style: Style,
  { result, time }: { result: string; time: string },
): string {
  const { request } = job.delivery;
  const room = Math.max(8, columns - (CLOCK + SEQ + METHOD + RESULT + TIME + 5));
  return [
    style.dim(formatClock(request.receivedAt).slice(-CLOCK)),
    style.strong(padLeft(`#${request.seq}`, SEQ)),
    padRight(clip(visible(request.method), METHOD), METHOD),
    beside(visible(request.target || "/"), asideOf(job), room, style.dim),
    padRight(result, RESULT),
    style.dim(padLeft(time, TIME)),
  ].join(" ");
}

/** Who sent it, and what is out of the ordinary about it. */
function asideOf({ delivery: { request, attempt, asked } }: Job): string {
  const { provider, bodySize } = request;
  const parts = [
    provider && [provider.name, provider.event].filter(Boolean).join(" "),
    asked && "asked for",
    attempt > 1 && `try ${attempt}`,
    bodySize > RELAY_BODY_BYTES_MAX && formatSize(bodySize),
  ];
  return visible(parts.filter(Boolean).join(", "));
}

function paintOf(outcome: Tried, style: Style): (text: string) => string {
  if (isDelivered(outcome)) return style.good;
  return outcome.status !== null && outcome.status >= 300 && outcome.status < 400
    ? style.warn
    : style.bad;
}
