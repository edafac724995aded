import type { CanonicalName } from "../providers/scheme.ts";
import type { Claim } from "./claim.ts";
import { adyenItems } from "./canonical/adyen-items.ts";
import { awsSns } from "./canonical/aws-sns.ts";
import { braintree } from "./canonical/braintree.ts";
import { coinbaseCdp } from "./canonical/coinbase-cdp.ts";
import { contentful } from "./canonical/contentful.ts";
import { fal } from "./canonical/fal.ts";
import { googlePubsub } from "./canonical/google-pubsub.ts";
import { paypal } from "./canonical/paypal.ts";
import { mandrill, twilioForm } from "./canonical/url-and-form.ts";
import type { Received } from "./received.ts";
import type { Material } from "./template.ts";

/** What is claimed by a request, put together by code: for schemes that no template can say. */
export type Canonical = (
  material: Material,
  /** As the scheme's own form found them, by groups. */
  received: readonly Received[][],
) => (Omit<Claim, "proof"> & Partial<Pick<Claim, "proof">>)[];

export const canonicals: Record<CanonicalName, Canonical> = {
  "adyen-items": adyenItems,
  "aws-sns-1": awsSns("1"),
  "aws-sns-2": awsSns("2"),
  braintree,
  "coinbase-cdp": coinbaseCdp,
  contentful,
  fal,
  "google-pubsub": googlePubsub,
  mandrill,
  paypal,
  "twilio-form": twilioForm,
};
