import type { CanonicalName } from "../providers/scheme.ts";
import type { Claim } from "./claim.ts";
import { coinbaseCdp } from "./canonical/coinbase-cdp.ts";
import type { Received } from "./received.ts";
import type { Material } from "./template.ts";

/** What is claimed by a request, put together by code: for schemes that no template can say. */
export type Canonical = (
  material: Material,
  /** As the scheme's own form found them, by groups. */
  received: readonly Received[][],
) => Omit<Claim, "proof">[];

export const canonicals: Record<CanonicalName, Canonical> = {
  "coinbase-cdp": coinbaseCdp,
};
