import type { Lines } from "../body/lines.ts";
import { lineLength } from "../body/lines.ts";
import type { Slices } from "../body/slices.ts";
import { alignSequences } from "./align.ts";
import { hashText, mixHash } from "./hash.ts";
import { pairGaps } from "./json-match.ts";
import { layOut } from "./order.ts";
import { Runs } from "./runs.ts";

const SLICE = 1_024;

/** How the lines of two texts stand beside each other; between equal ones, what was changed stands beside its new form. */
export function* compareLines(before: Lines, after: Lines): Slices<Runs> {
  const matches = yield* alignSequences(yield* hashLines(before), yield* hashLines(after));
  const isSame = Uint8Array.from(matches, (match) => (match >= 0 ? 1 : 0));
  yield* pairGaps(matches, after.count, () => true);
  const runs = new Runs();
  for (const step of yield* layOut(matches, after.count)) {
    const beforeCount = step.before < 0 ? 0 : 1;
    const afterCount = step.after < 0 ? 0 : 1;
    const changed = beforeCount === 0 ? "added" : afterCount === 0 ? "removed" : "changed";
    runs.push({
      kind: isSame[step.before] ? "same" : changed,
      before: step.before,
      beforeCount,
      after: step.after,
      afterCount,
      entry: -1,
    });
    if (runs.rowCount % SLICE === 0) yield;
  }
  return runs;
}

function* hashLines(lines: Lines): Slices<Float64Array> {
  const hashes = new Float64Array(lines.count);
  for (let line = 0; line < lines.count; line += 1) {
    const tokens = lines.tokens(line);
    // By tokens: what was printed may stand on one line of the text or on several.
    let hash = hashText(String(lineLength(tokens)));
    for (const { from, to } of tokens) hash = mixHash(hash, hashText(lines.text, from, to));
    hashes[line] = hash;
    if (line % SLICE === SLICE - 1) yield;
  }
  return hashes;
}
