import { ordinal } from "#components/ui/ordinal.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

/** The same body more often than this is a heartbeat, and no longer news. */
const SAME_BODY_MAX = 9;

/** That it is not the first of its event, in two words; null when it is, or nobody can tell. */
export function againWords({ provider, thread }: RequestSummary): string | null {
  if (provider?.attempt && provider.attempt > 1) return `${ordinal(provider.attempt)} try`;
  if (!thread || thread.place === 1) return null;
  if (thread.by === "event") return `${ordinal(thread.place)} time`;
  return thread.place <= SAME_BODY_MAX ? "same body" : null;
}

export function AgainMark({ request }: { request: RequestSummary }) {
  const words = againWords(request);
  if (words === null) return null;
  return <span className="shrink-0 rounded-sm bg-sunken px-1 text-2xs text-muted">{words}</span>;
}
