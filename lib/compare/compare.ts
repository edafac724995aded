import { splitTarget } from "../body/split-target.ts";
import type { Slices } from "../body/slices.ts";
import { compareBodies, fieldsOf } from "./body.ts";
import type { Comparison, Entry, Message, Section } from "./comparison.ts";
import { compareHeaders, compareNamed } from "./named.ts";

/** Compares two requests, or two answers, in slices, so that two large ones never hold the page. */
export function* compareMessages(before: Message, after: Message): Slices<Comparison> {
  const query = yield* compareQueries(before, after);
  const trailers = compareHeaders(before.trailers, after.trailers, "trailer");
  const bodies = yield* compareBodies(
    { bytes: before.body, contentType: before.contentType },
    { bytes: after.body, contentType: after.contentType },
    { title: "Body", place: "body" },
  );
  const sections = [
    pairs(before.start.kind === "request" ? "Request line" : "Status", startEntries(before, after)),
    query && pairs("Query", query),
    pairs("Headers", compareHeaders(before.headers, after.headers)),
    trailers.length > 0 && pairs("Trailers", trailers),
    ...bodies,
  ];
  return { sections: sections.filter((section) => section !== null && section !== false) };
}

const pairs = (title: string, entries: Entry[]): Section => ({
  title,
  kind: "pairs",
  place: "",
  entries,
  unlisted: 0,
  sides: null,
  state: entries.some(({ kinds }) => kinds.length > 0) ? "differs" : "same",
  notes: [],
});

const plain = (label: string, before: string | null, after: string | null): Entry => ({
  place: label.toLowerCase(),
  label,
  before,
  after,
  kinds:
    before === after
      ? []
      : before === null
        ? ["added"]
        : after === null
          ? ["removed"]
          : ["changed"],
});

function startEntries({ start: before }: Message, { start: after }: Message): Entry[] {
  const [old, now] = [before, after].map((start) =>
    start.kind === "answer"
      ? { Status: start.status === null ? null : String(start.status) }
      : { Method: start.method, Path: splitTarget(start.target).path },
  ) as Record<string, string | null>[];
  const labels = new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})]);
  return [...labels].map((label) => plain(label, old?.[label] ?? null, now?.[label] ?? null));
}

/** Null where neither has one. Too many parameters count as one. */
function* compareQueries(before: Message, after: Message): Slices<Entry[] | null> {
  const [old, now] = [queryOf(before), queryOf(after)];
  if (old === null && now === null) return null;
  const [mine, theirs] = [yield* fieldsOf(old ?? ""), yield* fieldsOf(now ?? "")];
  if (!mine || !theirs) return [plain("Query", old, now)];
  const entries = compareNamed(mine, theirs, (name) => `query ${name}`);
  const isWritten = old !== now && entries.every(({ kinds }) => kinds.length === 0);
  // The same parameters, encoded otherwise.
  return isWritten ? [plain("Query", old, now), ...entries] : entries;
}

const queryOf = ({ start }: Message): string | null =>
  start.kind === "request" ? splitTarget(start.target).query : null;
