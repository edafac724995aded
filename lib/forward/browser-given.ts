import type { BrowserMode } from "../contract/browser-limits.ts";
import type { Change } from "../contract/forwards.ts";
import type { HeaderPair } from "../contract/headers.ts";
import { isForbidden, isPlain } from "./browser-headers.ts";
import type { OwnHeader } from "./browser-own.ts";
import { OWN } from "./browser-own.ts";
import { connectionNames, HOP_BY_HOP } from "./hop-by-hop.ts";

type Given = {
  /** What a page gives to `fetch`, by the name in lower case; the name is as it was first written. */
  given: Map<string, HeaderPair>;
  changes: Change[];
};

/**
 * Which of the headers a page may give along, and what becomes of all others. A browser keeps the letter case in which a
 * name was written first, joins what is repeated, and orders headers as it likes.
 */
export function givenHeaders(
  headers: readonly HeaderPair[],
  mode: BrowserMode,
  own: ReadonlyMap<string, OwnHeader>,
): Given {
  const given = new Map<string, HeaderPair>();
  const joined = new Map<string, HeaderPair>();
  const changes: Change[] = [];
  const written = new Set<string>();
  const reason = reasons(headers, mode);
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const known = given.get(lower);
    const anew = own.get(lower);
    const why = anew && written.has(lower) ? "a request has one" : reason(lower, value, known);
    if (anew && !written.has(lower)) {
      written.add(lower);
      if (anew.value !== value) changes.push(changed(name, anew.value, anew.why));
    } else if (lower === "content-type" && !known && why === NOT_PLAIN) {
      given.set(lower, [name, "text/plain"]);
      changes.push(changed(name, "text/plain", "a page may say no other without CORS"));
    } else if (why !== null) {
      changes.push({ kind: "dropped", name, value, why });
    } else if (known) {
      known[1] += `, ${value}`;
      joined.set(lower, known);
    } else given.set(lower, [name, value]);
  }
  for (const pair of joined.values()) {
    pair[1] = pair[1].replace(/^[\t ]+|[\t ]+$/g, "");
    changes.push(changed(...pair, "a browser sends repeated headers as one"));
  }
  for (const [lower, { name, value, why }] of own) {
    if (!written.has(lower)) changes.push({ kind: "added", name, value, why });
  }
  if (given.size > 0) {
    changes.push(changed("(order of headers)", OWN, "a page has no say in it"));
  }
  return { given, changes };
}

const NOT_PLAIN = "a page may not set it without CORS";

/** Why a header is left out; null when it is not. */
function reasons(headers: readonly HeaderPair[], mode: BrowserMode) {
  const named = connectionNames(headers);
  return (lower: string, value: string, known: HeaderPair | undefined): string | null => {
    if (HOP_BY_HOP.has(lower)) return "it concerns one connection only";
    if (lower === "content-length") return "a browser writes none where there is no body";
    if (lower === "transfer-encoding") return "a browser sends the body with its length";
    if (named.has(lower)) return "the Connection header names it";
    if (isForbidden(lower, value)) return "a page may not set it";
    return mode === "no-cors" && (known || !isPlain(lower, value)) ? NOT_PLAIN : null;
  };
}

const changed = (name: string, value: string, why: string): Change => ({
  kind: "changed",
  name,
  value,
  why,
});
