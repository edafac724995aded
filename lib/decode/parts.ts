import { decodeSteps, type Step } from "./decode.ts";
import type { TimeHints } from "./unix-time.ts";

export type DecodedPart = { name: string; value: string; steps: Step[] };

/** Parameters of one header value that are looked at. */
const PARTS_MAX = 50;
const CHARS_MAX = 16_384;

/** What is within a value such as `t=1700000000,v1=5257a8…`: its parameters that can be decoded, each by its name. */
export function decodeParts(value: string, hints: TimeHints = {}): DecodedPart[] {
  if (value.length > CHARS_MAX) return [];
  const pairs = value.split(/[,;] ?/, PARTS_MAX).map((part) => /^([\w.-]+)=(\S+)$/.exec(part));
  if (pairs.includes(null)) return [];
  return pairs.flatMap((pair) => {
    const [, name = "", raw = ""] = pair ?? [];
    const steps = decodeSteps(raw.replace(/^"(.*)"$/, "$1"), { ...hints, name });
    return steps.length > 0 ? [{ name, value: raw, steps }] : [];
  });
}
