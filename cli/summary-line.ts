import type { RequestSummary } from "#lib/contract/requests.ts";
import { formatClock, formatSize } from "./terminal/format.ts";
import type { Style } from "./terminal/style.ts";
import { visible } from "./terminal/visible.ts";
import { clip, clipMiddle, padLeft, padRight } from "./terminal/width.ts";

const SEQ = 6;
const METHOD = 6;
const SIZE = 7;
const EVENT_MAX = 30;

/** One request in a list: `14:03:22    #42 POST   /orders  Stripe charge.succeeded   1.2 kB 200`. */
export function summaryLine(request: RequestSummary, columns: number, style: Style): string {
  const clock = formatClock(request.receivedAt);
  const room = Math.max(8, columns - (clock.length + 1 + SEQ + 1 + METHOD + 1 + 1 + SIZE + 1 + 3));
  const { provider, response, bodyTruncated, bodyIncomplete } = request;
  const event = provider
    ? clip(visible([provider.name, provider.event].filter(Boolean).join(" ")), EVENT_MAX)
    : "";
  const mark = bodyTruncated ? "cut short" : bodyIncomplete ? "broke off" : "";
  const aside = [event, mark].filter(Boolean).join(", ");
  const fits = aside && room >= aside.length + 14;
  const path = clipMiddle(visible(request.target || "/"), fits ? room - aside.length - 2 : room);
  return [
    style.dim(clock),
    style.strong(padLeft(`#${request.seq}`, SEQ)),
    padRight(clip(visible(request.method), METHOD), METHOD),
    padRight(fits ? `${path}  ${style.dim(aside)}` : path, room),
    style.dim(padLeft(formatSize(request.bodySize), SIZE)),
    statusText(response?.status ?? null, style),
  ].join(" ");
}

export function statusText(status: number | null, style: Style): string {
  if (status === null) return style.dim("  -");
  const paint = status >= 400 ? style.bad : status >= 300 ? style.warn : style.good;
  return paint(String(status));
}
