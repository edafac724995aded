import { createHash } from "node:crypto";
import type { DeadReason } from "../contract/destination-limits.ts";
import type { DestinationSettings } from "../contract/destinations.ts";
import type { Change } from "../contract/forwards.ts";
import type { HeaderPair } from "../contract/headers.ts";
import { isHooklensError } from "../errors.ts";
import { goesInCircle } from "../forward/circle.ts";
import { type Draft, draftOf } from "../forward/draft.ts";
import { type Outgoing, outgoing } from "../forward/outgoing.ts";
import { resign, type SecretsOf } from "../forward/resign.ts";
import { joinTarget, parseTarget, type Target } from "../forward/target.ts";
import type { CapturedRequest } from "../contract/requests.ts";

/** All that an attempt sends, known before it begins. */
export type Prepared = {
  target: Target;
  request: Outgoing;
  url: string;
  changes: Change[];
  bodySha256: Buffer;
};

const SEALED = "(sealed)";

export type Unsendable = { dead: DeadReason };

export type Sendable = {
  forwardId: string;
  request: CapturedRequest;
  body: Buffer;
  /** `add`: the headers to add, with their values. */
  settings: DestinationSettings & { add: readonly HeaderPair[] };
  secretsOf: SecretsOf;
};

/** What goes over the wire: the captured bytes, with the destination's headers and a new signature where it wants them. */
export async function prepare(sending: Sendable): Promise<Prepared | Unsendable> {
  const { forwardId, request, body, settings, secretsOf } = sending;
  if (goesInCircle(request.headers)) return { dead: "in_circle" };
  const target = parseTarget(settings.url);
  const changed = withHeaders(draftOf(request, body, undefined), settings);
  const origin = `${target.scheme}://${target.authority}`;
  const asked = `${origin}${joinTarget(target, changed.draft.target, settings.append)}`;
  const signed = settings.resign
    ? await resignOrNull({ captured: request, body, draft: changed.draft, secretsOf }, asked)
    : { draft: changed.draft, url: asked, changes: [] };
  if (!signed) return { dead: "unsigned" };
  const path = signed.url.slice(origin.length);
  const { authority } = target;
  const sent = outgoing(signed.draft, { path, authority, forwardId, added: settings.add });
  return {
    target,
    request: sent.request,
    url: signed.url,
    changes: withheld([...changed.changes, ...signed.changes, ...sent.changes], settings.add),
    bodySha256: createHash("sha256").update(signed.draft.body).digest(),
  };
}

function withHeaders(
  draft: Draft,
  { add, headers: { remove } }: Sendable["settings"],
): { draft: Draft; changes: Change[] } {
  const unwanted = new Set(remove.map((name) => name.toLowerCase()));
  const isKept = ([name]: readonly [string, string]) => !unwanted.has(name.toLowerCase());
  const why = "the destination's setting";
  const dropped = draft.headers.filter((pair) => !isKept(pair));
  return {
    draft: { ...draft, headers: [...draft.headers.filter(isKept), ...add] },
    changes: [
      ...dropped.map(([name, value]): Change => ({ kind: "dropped", name, value, why })),
      ...add.map(([name, value]): Change => ({ kind: "added", name, value, why })),
    ],
  };
}

/** What is sealed in the destination's row does not stand in its attempts. */
function withheld(changes: readonly Change[], add: readonly HeaderPair[]): Change[] {
  const sealed = new Set(add.map(([name]) => name.toLowerCase()));
  return changes.map((change) =>
    sealed.has(change.name.toLowerCase()) ? { ...change, value: SEALED } : change,
  );
}

/** Null when it can't be signed again. */
async function resignOrNull(...given: Parameters<typeof resign>) {
  try {
    return await resign(...given);
  } catch (error) {
    if (isHooklensError(error)) return null;
    throw error;
  }
}
