import { adyenItems } from "./adyen-items.ts";
import { braintree } from "./braintree.ts";
import { contentful } from "./contentful.ts";
import { fal } from "./fal.ts";
import { googlePubsub } from "./google-pubsub.ts";
import { microsoftGraph } from "./microsoft-graph.ts";
import type { WrittenCheck } from "./written-check.ts";

/** By the scheme's id: those whose check can't be put together from what their data say. */
export const writtenChecks: Readonly<Record<string, WrittenCheck | undefined>> = {
  "adyen-items": adyenItems,
  "braintree-sha1": braintree,
  "contentful-canonical": contentful,
  "fal-ed25519": fal,
  "google-pubsub-jwt": googlePubsub,
  "microsoft-graph-client-state": microsoftGraph,
};
