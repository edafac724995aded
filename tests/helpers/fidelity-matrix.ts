import type { Change } from "#lib/contract/forwards.ts";
import { browserDraft } from "#lib/forward/browser-draft.ts";
import { draftOf } from "#lib/forward/draft.ts";
import { incompleteReason } from "#lib/forward/incomplete.ts";
import { outgoing } from "#lib/forward/outgoing.ts";
import { type OddRequest, oddRequests } from "#tests/fixtures/odd-requests.ts";

/** What becomes of an odd request on each way: the rows of docs/fidelity.md, which tests hold against real sinks. */

/** By the server, a listener and a destination, which send the same bytes; and by a browser. */
export type Cells = { forwarded: string; browser: string };

/** Every forward has these: they stand above the table. */
const ALWAYS_FORWARDED = new Set(["host", "connection", "hooklens-forward-id"]);
const ALWAYS_BROWSER = new Set([
  ...ALWAYS_FORWARDED,
  "(order of headers)",
  "accept",
  "accept-encoding",
  "accept-language",
  "cache-control",
  "origin",
  "pragma",
  "sec-fetch-*, sec-ch-*, priority",
  "user-agent",
]);
const NOT_WHOLE = "refused: not captured whole";
const NAMES_MAX = 6;

export const forwardedCell = (changes: readonly Change[]) => cell(changes, ALWAYS_FORWARDED);
export const browserCell = (changes: readonly Change[]) => cell(changes, ALWAYS_BROWSER);

function cell(changes: readonly Change[], always: ReadonlySet<string>): string {
  const told = (["changed", "added", "dropped"] as const).flatMap((kind) => {
    const own = changes.filter((change) => change.kind === kind && !isUsual(change, always));
    const names = [...new Set(own.map(({ name }) => name))];
    if (names.length === 0) return [];
    const more = names.length > NAMES_MAX ? ` and ${names.length - NAMES_MAX} more` : "";
    return `${kind}: ${names.slice(0, NAMES_MAX).join(", ")}${more}`;
  });
  return told.join("; ") || "kept";
}

const isUsual = ({ kind, name }: Change, always: ReadonlySet<string>): boolean =>
  kind !== "dropped" && always.has(name.toLowerCase());

export function cellsOf(odd: OddRequest): Cells {
  const { truncated, incomplete, body } = odd;
  const state = { bodyTruncated: truncated, bodyIncomplete: incomplete, bodySize: body.length };
  if (incompleteReason(state) !== null) return { forwarded: NOT_WHOLE, browser: NOT_WHOLE };
  const draft = draftOf(odd, odd.body, undefined);
  const path = odd.target.startsWith("?") || odd.target === "" ? `/hook${odd.target}` : odd.target;
  const sent = outgoing(draft, { path, authority: "localhost", forwardId: "" });
  const made = browserDraft(
    { ...draft, url: `http://localhost${path}`, bodySize: body.length },
    { mode: "cors", forwardId: "", origin: "http://page", userAgent: "" },
  );
  return {
    forwarded: forwardedCell(sent.changes),
    browser:
      made.kind === "sendable" ? browserCell(made.changes) : `refused: ${firstSentence(made.why)}`,
  };
}

export const firstSentence = (text: string) => text.replace(/\. .*$/s, "").replace(/\.$/, "");

/** The lines of the table. */
export function fidelityTable(): string[] {
  const rows = oddRequests("BIN").map((odd) => {
    const { forwarded, browser } = cellsOf(odd);
    return `| ${escaped(odd.name)} | ${escaped(forwarded)} | ${escaped(browser)} |`;
  });
  return [
    "| request | server, listener, destination | this browser |",
    "| --- | --- | --- |",
    ...rows,
  ];
}

const escaped = (text: string) => text.replace(/[\\|<>`*_[\]]/g, "\\$&");
