import { gunzipSync } from "node:zlib";
import type { HiddenWhy } from "../contract/hidden.ts";
import { type Edit, mergeEdits } from "./edits.ts";
import { type View, viewsOf } from "./views.ts";

/** What is to be hidden in a text, seen as it is written. */
export type Find = (text: string) => Edit[];

/** How often one way to write things within another is undone. */
const DEPTH_MAX = 6;
/** Characters looked at for each one given, and at least so many. Beyond it a text counts as one that can't be read. */
const WORK_FACTOR = 16;
const WORK_MIN = 256 * 1024;
/** So many hidden places are no text any more. */
const EDITS_MAX = 20_000;
const GUNZIPPED_BYTES_MAX = 256 * 1024;
const BASE64 = /[A-Za-z0-9+/_-]{12,}(?:\r?\n[A-Za-z0-9+/_-]{2,})*={0,2}/g;
const GZIPPED = /^H4sI/;

/** A text is written in so many ways within each other that what it hides can't be told. */
export class TooDeep extends Error {}

/**
 * What is to be hidden in a text, also where it is written in escapes, entities, percent or Base64, several times over.
 * @throws TooDeep
 */
export function scan(text: string, find: Find): Edit[] {
  let work = Math.max(WORK_MIN, text.length * WORK_FACTOR);
  /**
   * Why a run of Base64 is hidden, null for one that is not, and at which depth it was looked at: the same run stands in
   * several views, and deeper in it less is undone.
   */
  const runs = new Map<string, { why: HiddenWhy | null; depth: number }>();

  function look(seen: string, depth: number): Edit[] {
    work -= seen.length;
    if (work < 0) throw new TooDeep();
    if (depth > DEPTH_MAX) throw new TooDeep();
    const edits = find(seen);
    for (const view of viewsOf(seen)) {
      for (const edit of look(view.text, depth + 1)) edits.push(inSource(edit, view));
    }
    for (const { 0: run, index } of seen.matchAll(BASE64)) {
      const why = whyHidden(run, depth);
      if (why) edits.push({ from: index, to: index + run.length, why });
    }
    if (edits.length > EDITS_MAX) throw new TooDeep();
    return edits;
  }

  function whyHidden(run: string, depth: number): HiddenWhy | null {
    const known = runs.get(run);
    if (known && known.depth <= depth) return known.why;
    const inner = wrapped(run);
    const [hidden] = inner?.flatMap((each) => look(each, depth + 1)) ?? [];
    const why = inner ? (hidden?.why ?? null) : "unreadable";
    runs.set(run, { why, depth });
    return why;
  }

  return mergeEdits(look(text, 0));
}

const inSource = (edit: Edit, { starts }: View): Edit => ({
  ...edit,
  from: starts[edit.from] ?? 0,
  to: starts[edit.to] ?? 0,
});

/** What a run of letters holds, if it is Base64 of a text, wherever in the run that starts; null when it can't be unpacked. */
function wrapped(run: string): string[] | null {
  if (GZIPPED.test(run)) {
    const text = unzipped(Buffer.from(run, "base64"));
    return text === null ? null : [text];
  }
  return [0, 1, 2, 3]
    .map((skipped) => Buffer.from(run.slice(skipped), "base64").toString("latin1"))
    .filter(isReadable);
}

function unzipped(bytes: Buffer): string | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: GUNZIPPED_BYTES_MAX }).toString("latin1");
  } catch {
    return null;
  }
}

const SAMPLE = 120;

/** By most of its characters, at its beginning or its end. */
function isReadable(text: string): boolean {
  return [text.slice(0, SAMPLE), text.slice(-SAMPLE)].some((sample) => {
    const odd = sample.replace(/[\t\n\r\x20-\x7e]/g, "").length;
    return odd * 4 <= sample.length;
  });
}
