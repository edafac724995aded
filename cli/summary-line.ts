import type { RequestSummary } from "#lib/contract/requests.ts";
import { beside } from "./terminal/beside.ts";
import { formatClock, formatSize } from "./terminal/format.ts";
import type { Style } from "./terminal/style.ts";
import { visible } from "./terminal/visible.ts";
import { clip, padLeft, padRight } from "./terminal/width.ts";

const SEQ = 6;
const METHOD = 6;
const SIZE = 7;
const STATUS = 3;

/** One request in a list: `14:03:22    #42 POST   /orders  Stripe charge.succeeded   1.2 kB 200`. */
export function summaryLine(request: RequestSummary, columns: number, style: Style): string {
  const clock = formatClock(request.receivedAt);
  const room = Math.max(8, columns - (clock.length + SEQ + METHOD + SIZE + STATUS + 5));
  return [
    style.dim(clock),
    style.strong(padLeft(`#${request.seq}`, SEQ)),
    padRight(clip(visible(request.method), METHOD), METHOD),
    beside(visible(request.target || "/"), asideOf(request), room, style.dim),
    style.dim(padLeft(formatSize(request.bodySize), SIZE)),
    statusText(request.response?.status ?? null, style),
  ].join(" ");
}

function asideOf({ provider, bodyTruncated, bodyIncomplete }: RequestSummary): string {
  const parts = [
    provider && [provider.name, provider.event].filter(Boolean).join(" "),
    bodyTruncated && "cut short",
    bodyIncomplete && "broke off",
  ];
  return visible(parts.filter(Boolean).join(", "));
}

export function statusText(status: number | null, style: Style): string {
  if (status === null) return style.dim("  -");
  const paint = status >= 400 ? style.bad : status >= 300 ? style.warn : style.good;
  return paint(String(status));
}
