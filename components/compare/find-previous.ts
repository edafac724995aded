import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

/** What finds requests of the same kind, in the language of the search. */
export function likeQuery({ provider, method, target }: RequestSummary): string {
  if (provider?.event) return `provider:${quoted(provider.id)} event:${quoted(provider.event)}`;
  return `method:${quoted(method)} path:${quoted(target.split("?", 1)[0] ?? "")}`;
}

const quoted = (text: string) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/** The request of the same kind that came right before this one, or null. */
export async function findPrevious(
  api: ApiClient,
  binId: string,
  summary: RequestSummary,
): Promise<RequestSummary | null> {
  const { items } = await api.requests(binId, {
    q: `${likeQuery(summary)} id<${summary.seq}`,
    limit: 1,
  });
  return items[0] ?? null;
}
