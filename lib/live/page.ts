import type { RequestSummary } from "../contract/requests.ts";

/** Rows for one `requests` event: with them a reader has all up to lastSeq. */
export type Page = { items: RequestSummary[]; lastSeq: number };

export const PAGE_ROWS_MAX = 200;
/** Of one event. Targets and header values of 16 KiB and more are allowed, so rows alone bound nothing. */
const PAGE_WEIGHT_MAX = 256 * 1024;
/** Ids, names, times and punctuation of a summary without its target, its headers and what its sender says. */
const ROW_WEIGHT = 800;

/** About how many bytes a row takes as JSON. */
export function weightOf(row: RequestSummary): number {
  let weight = ROW_WEIGHT + row.target.length + (row.contentType?.length ?? 0);
  const { event, deliveryId, eventId, account } = row.provider ?? {};
  for (const text of [event, deliveryId, eventId, account]) weight += text?.length ?? 0;
  for (const [name, value] of row.response?.headers ?? []) weight += name.length + value.length;
  return weight;
}

/** As many rows from the front as fit into one event, at least one. */
export function cut(rows: readonly RequestSummary[]): RequestSummary[] {
  let weight = 0;
  const end = rows.findIndex((row, index) => {
    weight += weightOf(row);
    return index > 0 && (index >= PAGE_ROWS_MAX || weight > PAGE_WEIGHT_MAX);
  });
  return rows.slice(0, end === -1 ? undefined : end);
}
