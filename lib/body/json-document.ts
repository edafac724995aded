import { jsonTokens } from "./json-lines.ts";
import { jsonPath, jsonScalar, jsonSeen, jsonValue } from "./json-path.ts";
import type { JsonLines } from "./json-scan.ts";
import { type Lines, rememberLong } from "./lines.ts";

/** Scanned JSON as lines to be shown. */
export function linesOfJson(json: JsonLines): Lines {
  return {
    text: json.text,
    count: json.count,
    depth: (line) => json.depths.at(line) ?? 0,
    tokens: rememberLong((line) => jsonTokens(json, line)),
    closes: (line) => json.closes.at(line) ?? -1,
    lineAt: (offset) => Math.max(json.starts.lastUpTo(offset), 0),
    place: {
      path: (line) => jsonPath(json, line),
      value: (line) => jsonValue(json, line),
      seen: (line) => jsonSeen(json, line),
      scalar: (line, charsMax) => jsonScalar(json, line, charsMax),
    },
  };
}
