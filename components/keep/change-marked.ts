import { MARKED_MAX } from "#lib/contract/annotation-limits.ts";
import type { BulkPatch, BulkReport } from "#lib/contract/annotations.ts";
import type { ApiClient } from "#lib/contract/client.ts";

/** One change of any number of requests, so many in a call as the server takes. */
export async function changeMarked(
  api: Pick<ApiClient, "changeMarked">,
  binId: string,
  ids: readonly string[],
  change: Omit<BulkPatch, "ids">,
): Promise<BulkReport> {
  const report: BulkReport = { changed: [], refused: [] };
  for (let at = 0; at < ids.length; at += MARKED_MAX) {
    const part = await api.changeMarked(binId, { ids: ids.slice(at, at + MARKED_MAX), ...change });
    report.changed.push(...part.changed);
    report.refused.push(...part.refused);
  }
  return report;
}

/** Why some are as they were, in one sentence; null when all were changed. */
export function refusalWords({ changed, refused }: BulkReport): string | null {
  const [first] = refused;
  if (!first) return null;
  const count = changed.length + refused.length;
  return count === 1 ? first.detail : `${refused.length} of ${count}: ${first.detail}`;
}
