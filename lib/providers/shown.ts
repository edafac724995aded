import type { Recognised } from "../contract/draft.ts";
import type { RecognisedProvider, Thread } from "../contract/requests.ts";
import { rfc3339 } from "../contract/time.ts";
import { providerName } from "./providers.ts";
import { threadIdOf } from "./thread-key.ts";

/** What a provider says of a request, as the API shows it. */
export function toRecognised({ occurredAtUs, ...facts }: Recognised): RecognisedProvider {
  return {
    ...facts,
    name: providerName(facts.id),
    occurredAt: occurredAtUs === null ? null : rfc3339(occurredAtUs),
  };
}

/** A request's place among the tries of its event. `count`: the place of the last one that has come. */
export function toThread(
  key: Uint8Array | null,
  provider: Pick<Recognised, "eventId" | "deliveryId"> | null,
  place: number,
  count: number,
): Thread | null {
  if (!key) return null;
  const id = Buffer.from(key).toString("base64url");
  const by = threadIdOf(provider) === null ? ("body" as const) : ("event" as const);
  return { id, by, place, count: Math.max(place, count) };
}
