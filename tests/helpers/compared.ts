import { atOnce } from "#lib/body/slices.ts";
import { scanJson } from "#lib/body/json-lines.ts";
import { compareMessages } from "#lib/compare/compare.ts";
import type { Comparison, Message } from "#lib/compare/comparison.ts";
import { compareJson } from "#lib/compare/json.ts";

const utf8 = new TextEncoder();

type Parts = Omit<Partial<Message>, "body"> & { body?: string | Uint8Array<ArrayBuffer> };

/** A request to be compared; JSON unless it says otherwise. */
function message({ body = "", ...rest }: Parts = {}): Message {
  return {
    start: { kind: "request", method: "POST", target: "/a" },
    headers: [],
    trailers: [],
    contentType: "application/json",
    ...rest,
    body: typeof body === "string" ? utf8.encode(body) : body,
  };
}

export const compared = (before: Parts, after: Parts): Comparison =>
  atOnce(compareMessages(message(before), message(after)));

/** Two JSON texts, compared; and the texts as they were scanned. */
export function comparedJson(before: string, after: string) {
  const [old, now] = [scan(before), scan(after)];
  const { runs, entries, unlisted, reordered } = atOnce(compareJson(old, now));
  return { old, now, runs, entries, unlisted, reordered };
}

function scan(text: string) {
  const outcome = scanJson(text);
  if (outcome.kind === "fault") throw new Error(outcome.fault.message);
  return outcome.lines;
}
