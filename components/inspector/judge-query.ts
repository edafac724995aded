import { QUERY_CHARACTERS_MAX } from "#lib/search/limits.ts";
import type { RequestKey } from "./found.ts";

/** The query asked of these requests alone; null where that would be too long. */
export function judgeQuery(query: string, keys: readonly RequestKey[]): string | null {
  const whole = `(${query}) (${keys.map((key) => `id:${key}`).join(" OR ")})`;
  return whole.length > QUERY_CHARACTERS_MAX ? null : whole;
}
