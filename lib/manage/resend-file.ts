import type { ResendFormat } from "../contract/resend-limits.ts";
import type { ResendLine } from "../contract/resends.ts";
import { cell } from "../transfer/csv.ts";

const columns: readonly (keyof ResendLine)[] = [
  "seq",
  "requestId",
  "forwardId",
  "state",
  "deadReason",
  "attempts",
  "startedAt",
  "url",
  "status",
  "totalMs",
  "error",
  "link",
];

/** A report line by line: JSON, or CSV (RFC 4180) with a head. */
export async function* fileOf(
  format: ResendFormat,
  lines: AsyncIterable<ResendLine>,
): AsyncGenerator<string> {
  if (format === "csv") yield `\ufeff${columns.map(cell).join(",")}\r\n`;
  for await (const line of lines) {
    yield format === "csv"
      ? `${columns.map((name) => cell(line[name] ?? "")).join(",")}\r\n`
      : `${JSON.stringify(line)}\n`;
  }
}
