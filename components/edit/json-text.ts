import { jsonTokens, printJsonLine, scanJson } from "#lib/body/json-lines.ts";
import type { TextFault } from "#lib/body/lines.ts";

/** What keeps a text from being JSON, and where; null when it is. */
export function jsonFault(text: string): TextFault | null {
  const outcome = scanJson(text);
  return outcome.kind === "fault" ? outcome.fault : null;
}

/** Two spaces for each level. Numbers, escapes, order and doubled keys stay as written; null when it is no JSON. */
export const spreadJson = (text: string) => printed(text, printJsonLine, "\n");

/** Without white space between the tokens; null when it is no JSON. */
export const packJson = (text: string) =>
  printed(
    text,
    (json, line) =>
      jsonTokens(json, line)
        .map(({ from, to }) => json.text.slice(from, to))
        .join(""),
    "",
  );

function printed(text: string, print: typeof printJsonLine, between: string): string | null {
  const outcome = scanJson(text);
  if (outcome.kind === "fault") return null;
  const { lines } = outcome;
  return Array.from({ length: lines.count }, (_, line) => print(lines, line)).join(between);
}
