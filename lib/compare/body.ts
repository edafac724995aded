import { decodeTextInSlices } from "../body/decode-text.ts";
import { linesOfJson } from "../body/json-document.ts";
import { type JsonOutcome, JsonScanner } from "../body/json-scan.ts";
import type { Lines } from "../body/lines.ts";
import { splitPairsInSlices } from "../body/pairs.ts";
import { type Picked, pickView } from "../body/pick-view.ts";
import type { Slices } from "../body/slices.ts";
import { linesOfText } from "../body/text-lines.ts";
import { type XmlOutcome, XmlScanner } from "../body/xml-scan.ts";
import { compareBytes } from "./bytes.ts";
import type { Section, Sides } from "./comparison.ts";
import { hunksOf } from "./fold.ts";
import { compareJson } from "./json.ts";
import { compareNamed, type Named } from "./named.ts";
import { type Body, type BodyName, compareParts } from "./parts.ts";
import type { Runs } from "./runs.ts";
import { compareLines } from "./text.ts";

/** Compared of each body. */
const BYTES_MAX = 10 * 1024 * 1024;
/** Values or lines of one body that are compared as such: two sides of so many take some 150 MB. */
const LINES_MAX = 1_000_000;
/** Fields of a form. */
const FIELDS_MAX = 10_000;
/** Bytes compared in one go. */
const SLICE = 1_048_576;
/** Characters scanned in one go: 1 to 5 ms. */
const STEP = 40_000;

/**
 * Compares two bodies as what both are: JSON by its values, forms by their fields, multipart by its parts, XML as it is
 * printed, other text by its lines, and what is no text by its bytes.
 */
export function* compareBodies(before: Body, after: Body, name: BodyName): Slices<Section[]> {
  if (yield* isSame(before.bytes, after.bytes)) return [same(before.bytes, name)];
  const isCut = Math.max(before.bytes.length, after.bytes.length) > BYTES_MAX;
  const [old, now] = [cut(before), cut(after)];
  const sections = yield* compareAs(old, now, name);
  if (!isCut) return sections;
  const note = "Only the first 10 MiB of each are compared.";
  return sections.map((section, index) =>
    index === 0 ? { ...section, state: "differs", notes: [note, ...section.notes] } : section,
  );
}

const cut = ({ bytes, contentType }: Body): Body => ({
  bytes: bytes.subarray(0, BYTES_MAX),
  contentType,
});

function* isSame(before: Uint8Array, after: Uint8Array): Slices<boolean> {
  if (before.length !== after.length) return false;
  for (let at = 0; at < before.length; at += 1) {
    if (before[at] !== after[at]) return false;
    if (at % SLICE === 0) yield;
  }
  return true;
}

const section = (name: BodyName, rest: Partial<Section>): Section => ({
  ...name,
  kind: "text",
  entries: [],
  unlisted: 0,
  sides: null,
  state: "differs",
  notes: [],
  ...rest,
});

function same(bytes: Uint8Array, name: BodyName): Section {
  const notes = [bytes.length === 0 ? "Neither has one." : "The same, byte for byte."];
  return section(name, { state: "same", notes });
}

function* compareAs(before: Body, after: Body, name: BodyName): Slices<Section[]> {
  const [old, now] = [before, after].map(({ bytes, contentType }) =>
    bytes.length === 0 ? null : pickView(contentType, bytes),
  ) as [Picked | null, Picked | null];
  const views = new Set([old?.view, now?.view].filter((view) => view !== undefined));
  if (views.has("hex") || views.has("image")) return [yield* asBytes(before, after, name)];
  const [view] = views.size === 1 ? views : ["text"];
  if (view === "multipart" && old && now)
    return yield* compareParts(before, after, name, compareBodies);
  const [a, b] = [yield* textOf(before), yield* textOf(after)];
  let found: Section | null = null;
  if (view === "json") found = yield* asJson(a, b, (old ?? now)?.sequence ?? false, name);
  if (view === "form" && old && now) found = yield* asForm(a, b, name);
  if (view === "xml") found = yield* asXml(a, b, name);
  found ??= yield* asText(a, b, name);
  return [found.state === "alike" ? { ...found, notes: [...found.notes, ALIKE] } : found];
}

const MANY = "More than a million values.";
const ALIKE = "Yet the bytes are not the same.";

function* textOf({ bytes, contentType }: Body): Slices<string> {
  return (yield* decodeTextInSlices(bytes, contentType)).text;
}

function* scan<Outcome>(scanner: { step: (budget: number) => Outcome | null }): Slices<Outcome> {
  for (;;) {
    const outcome = scanner.step(STEP);
    if (outcome) return outcome;
    yield;
  }
}

const lines = (before: Lines, after: Lines, runs: Runs): Sides => ({
  kind: "lines",
  before,
  after,
  runs,
  hunks: hunksOf(runs),
});

/** Null where one of them is no JSON. */
function* asJson(
  before: string,
  after: string,
  sequence: boolean,
  name: BodyName,
): Slices<Section | null> {
  const old: JsonOutcome = yield* scan(new JsonScanner(before, sequence));
  const now: JsonOutcome = yield* scan(new JsonScanner(after, sequence));
  if (old.kind === "fault" || now.kind === "fault") return null;
  if (Math.max(old.lines.count, now.lines.count) > LINES_MAX) {
    const found = yield* ofLines(linesOfJson(old.lines), linesOfJson(now.lines), name);
    return { ...found, notes: [`${MANY} Compared as it is printed, by lines.`, ...found.notes] };
  }
  const { runs, entries, unlisted, reordered } = yield* compareJson(
    old.lines,
    now.lines,
    name.place,
  );
  const order = reordered === 1 ? "one object" : `${reordered} objects`;
  return section(name, {
    kind: "json",
    entries,
    unlisted,
    sides: lines(linesOfJson(old.lines), linesOfJson(now.lines), runs),
    state: entries.length > 0 ? "differs" : "alike",
    notes: [
      ...(entries.length === 0
        ? ["The values are the same; only how they are written differs."]
        : []),
      ...(reordered > 0 ? [`In ${order} the members stand in another order.`] : []),
    ],
  });
}

/** Null where they have too many fields. */
function* asForm(before: string, after: string, name: BodyName): Slices<Section | null> {
  const [old, now] = [yield* fieldsOf(before), yield* fieldsOf(after)];
  if (!old || !now) return null;
  const inPart = name.place === "body" ? "" : `${name.place} `;
  const entries = compareNamed(old, now, (key) => `${inPart}form ${key}`);
  const differs = entries.some(({ kinds }) => kinds.length > 0);
  return section(name, {
    kind: "pairs",
    entries,
    state: differs ? "differs" : "alike",
    notes: differs ? [] : ["The fields are the same; only how they are encoded differs."],
  });
}

/** Null for too many. */
export function* fieldsOf(text: string): Slices<Named[] | null> {
  const pairs = yield* splitPairsInSlices(text);
  if (pairs.count > FIELDS_MAX) return null;
  const fields: Named[] = [];
  while (fields.length < pairs.count) {
    const { name, value } = pairs.at(fields.length);
    fields.push({ key: name.text, name: name.text, value: value.text });
    if (fields.length % 1_000 === 0) yield;
  }
  return fields;
}

/** Null where one of them is no XML. */
function* asXml(before: string, after: string, name: BodyName): Slices<Section | null> {
  const old: XmlOutcome = yield* scan(new XmlScanner(before));
  const now: XmlOutcome = yield* scan(new XmlScanner(after));
  if (old.kind === "fault" || now.kind === "fault") return null;
  const found = yield* ofLines(old.lines, now.lines, name);
  const printed = "Compared as it is printed: white space between elements counts as nothing.";
  return { ...found, notes: [printed, ...found.notes] };
}

function* asText(before: string, after: string, name: BodyName): Slices<Section> {
  const [old, now] = [yield* linesOfText(before), yield* linesOfText(after)];
  const found = yield* ofLines(old, now, name);
  if (found.state !== "alike") return found;
  return {
    ...found,
    notes: ["The lines are the same; only their ends differ, or the encoding.", ...found.notes],
  };
}

function* ofLines(before: Lines, after: Lines, name: BodyName): Slices<Section> {
  const isCut = Math.max(before.count, after.count) > LINES_MAX;
  const [old, now] = [before, after].map((lines) => ({
    ...lines,
    count: Math.min(lines.count, LINES_MAX),
  })) as [Lines, Lines];
  const runs = yield* compareLines(old, now);
  const isAlike = runs.length === 1 && runs.run(0).kind === "same";
  return section(name, {
    sides: lines(old, now, runs),
    state: isAlike && !isCut ? "alike" : "differs",
    notes: isCut ? ["Only the first million lines of each are compared."] : [],
  });
}

function* asBytes(before: Body, after: Body, name: BodyName): Slices<Section> {
  const { first, count, ...found } = yield* compareBytes(before.bytes, after.bytes);
  const bytes = count === 1 ? "One byte differs" : `${count.toLocaleString("en")} bytes differ`;
  return section(name, {
    kind: "bytes",
    sides: { kind: "bytes", hunks: hunksOf(found.runs), ...found },
    notes: [
      `${bytes}, from byte ${first.toLocaleString("en")} (0x${first.toString(16)}) on; compared in their order between what both begin and end with.`,
    ],
  });
}
