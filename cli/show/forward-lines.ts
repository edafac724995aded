import type { Attempt, Change, Forward } from "#lib/contract/forwards.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { statusText } from "../summary-line.ts";
import { formatClock, formatMs, formatSize } from "../terminal/format.ts";
import type { Style } from "../terminal/style.ts";
import { visible } from "../terminal/visible.ts";

/** Where a request was sent on to, each try with what came of it and how it differed from what was captured. */
export function* forwardLines(
  forwards: readonly Forward[],
  { bodySha256 }: Pick<CapturedRequest, "bodySha256">,
  style: Style,
): Generator<string> {
  for (const forward of forwards) {
    const to = forward.listener === null ? forward.to : `localhost of ${forward.listener}`;
    const { byBrowser, edited, resigned } = forward;
    const how = [byBrowser && "by a browser", edited && "edited", resigned && "signed again"]
      .filter(Boolean)
      .join(", ");
    yield `→ ${style.link(visible(to, style.unseen))} ${stateText(forward.state, style)}${how ? style.dim(`, ${how}`) : ""}`;
    for (const [index, attempt] of forward.attempts.entries()) {
      yield* attemptLines(attempt, index + 1, bodySha256, style);
    }
  }
}

function* attemptLines(
  attempt: Attempt,
  number: number,
  bodySha256: string,
  style: Style,
): Generator<string> {
  const { status, error, timing, url, changes, bodySha256Sent } = attempt;
  const came = error ? style.bad(error.code) : statusText(status, style);
  yield `  try ${number}, ${formatClock(attempt.startedAt)}: ${came} ${style.dim(`in ${formatMs(timing.totalMs)}`)}`;
  if (url !== null) yield `    ${style.dim("to")}   ${visible(url, style.unseen)}`;
  if (error) yield `    ${style.warn(visible(error.message))}`;
  if (attempt.bodyDropped)
    yield `    ${style.dim(`the answer's body of ${formatSize(attempt.bodySize)} is not kept any more: newer answers took its room`)}`;
  if (bodySha256Sent === bodySha256)
    yield `    ${style.dim("body")} the same bytes, SHA-256 ${bodySha256Sent}`;
  else if (bodySha256Sent)
    yield `    ${style.dim("body")} ${style.warn("other bytes")}: captured ${bodySha256}, sent ${bodySha256Sent}`;
  if (changes === null) yield `    ${style.dim("what was sent is not known")}`;
  for (const change of changes ?? []) yield `    ${changeText(change, style)}`;
}

const SIGNS: Record<Change["kind"], string> = { changed: "~", added: "+", dropped: "-" };

function changeText({ kind, name, value, why }: Change, style: Style): string {
  const paint = { changed: style.warn, added: style.good, dropped: style.bad }[kind];
  return `${paint(`${SIGNS[kind]} ${visible(name)}: ${visible(value, style.unseen)}`)} ${style.dim(`(${visible(why)})`)}`;
}

function stateText(state: Forward["state"], style: Style): string {
  if (state === "delivered") return style.good(state);
  return state === "pending" ? style.warn(state) : style.bad(state);
}
