import type { CapturedRequest } from "#lib/contract/requests.ts";
import { statusText } from "../summary-line.ts";
import { formatSize } from "../terminal/format.ts";
import type { Style } from "../terminal/style.ts";
import { visible } from "../terminal/visible.ts";

/** Who sent what and when, what was answered, and what is known of the body. */
export function factLines(request: CapturedRequest, style: Style): string[] {
  const { provider, redacted, thread } = request;
  const rows: [string, string | null][] = [
    [
      "received",
      `${request.receivedAt} from ${request.remoteAddress}, HTTP/${request.httpVersion}`,
    ],
    ["url", request.url],
    ["sender", provider && senderOf(provider)],
    ["signed", signatureFacts(request.signature)],
    ["thread", thread && thread.count > 1 ? `${thread.place} of ${thread.count} tries` : null],
    ["body", bodyFacts(request)],
    ["SHA-256", request.bodySize > 0 ? request.bodySha256 : null],
    [
      "redacted",
      redacted.length > 0
        ? `${redacted.join(", ")}: a session cookie of this server was cut out`
        : null,
    ],
    ["id", request.id],
  ];
  const shown = rows.filter((row): row is [string, string] => row[1] !== null);
  return [
    `${style.strong(`#${request.seq}`)} ${style.strong(visible(request.method))} ${visible(request.target || "/", style.unseen)}`,
    ...shown.map(([name, value]) => `${style.dim(name.padEnd(9))}${visible(value, style.unseen)}`),
    `${style.dim("answered ")}${answerFacts(request, style)}`,
  ];
}

function senderOf({
  name,
  event,
  deliveryId,
  attempt,
  eventId,
  account,
  mode,
  occurredAt,
}: NonNullable<CapturedRequest["provider"]>): string {
  const more = [
    deliveryId && `delivery ${deliveryId}`,
    attempt !== null && attempt > 1 && `try ${attempt}`,
    eventId !== deliveryId && eventId && `event ${eventId}`,
    account && `account ${account}`,
    mode,
    occurredAt && `of ${occurredAt}`,
  ];
  return [event ? `${name} ${event}` : name, ...more].filter(Boolean).join(", ");
}

/** Null when nothing says so. */
function signatureFacts({
  status,
  scheme,
  reason,
  timestampAgeSeconds: age,
}: CapturedRequest["signature"]): string | null {
  if (status === "unchecked") return null;
  const old = age !== null && `${age.toFixed(0)} s old when it came`;
  return [status, reason, scheme, old].filter(Boolean).join(", ");
}

function bodyFacts({
  bodySize,
  contentType,
  bodyTruncated,
  bodyIncomplete,
  bodyDeclaredSize,
}: CapturedRequest): string {
  const declared = bodyDeclaredSize === null ? "" : ` of ${formatSize(bodyDeclaredSize)}`;
  const cut = bodyTruncated ? `, cut short: the sender had more${declared}` : "";
  const broken = bodyIncomplete ? `, the sender broke off${declared}` : "";
  return `${formatSize(bodySize)}${contentType ? `, ${contentType}` : ""}${cut}${broken}`;
}

function answerFacts({ response, answered }: CapturedRequest, style: Style): string {
  if (!response) return "nothing: the sender was gone";
  const from = response.from === "listener" ? " by the listener" : "";
  if (!answered)
    return `${statusText(response.status, style)}${from}, whether it went out is not known`;
  const after = answered.respondedMs === null ? "" : ` after ${answered.respondedMs.toFixed(1)} ms`;
  const outcome = { sent: "sent", sender_gone: "the sender was gone", failed: "could not be sent" }[
    answered.outcome
  ];
  return `${statusText(response.status, style)}${from}, ${outcome}${after}`;
}

/** As received: order, letter case, duplicates. */
export const headerLines = (request: Pick<CapturedRequest, "headers">, style: Style): string[] =>
  request.headers.map(
    ([name, value]) => `${style.key(visible(name))}: ${visible(value, style.unseen)}`,
  );

export const trailerLines = ({ trailers }: CapturedRequest, style: Style): string[] =>
  headerLines({ headers: trailers }, style);
