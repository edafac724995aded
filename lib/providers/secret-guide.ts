import { providers } from "./providers.ts";
import type { SecretFacts } from "./scheme.ts";

/** What a person is asked for, so that a provider's requests can be checked, or its check of the URL be answered. */
export type SecretGuide = {
  /** The provider's id, or one of its own for what a provider has beside its signing secret. */
  id: string;
  name: string;
  /** Without doubles: one for each kind of secret that the provider signs with. */
  kinds: readonly Pick<SecretFacts, "label" | "where" | "sensitivity">[];
  /** Only the provider has the key that signs, so a bin may make one of its own. */
  canHaveOwnKey?: true;
};

/** What no scheme of a provider's row asks for. */
const others: readonly SecretGuide[] = [
  {
    id: "ebay",
    name: "eBay",
    kinds: [
      {
        label: "Verification token",
        where: "Alerts and Notifications > the endpoint",
        sensitivity: "webhook",
      },
    ],
  },
  {
    id: "meta-verify-token",
    name: "Meta (verify token)",
    kinds: [
      {
        label: "Verify token",
        where: "App Dashboard > Webhooks > Edit subscription, beside the callback URL",
        sensitivity: "webhook",
      },
    ],
  },
];

function guideOf({ id, name, signing = [] }: (typeof providers)[number]): SecretGuide {
  const byLabel = new Map(signing.map(({ secret }) => [secret.label, secret]));
  const kinds = [...byLabel.values()].map(({ label, where, sensitivity }) => ({
    label,
    where,
    sensitivity,
  }));
  const canHaveOwnKey = signing.some(
    ({ proof, secret }) => proof.kind === "public-key" && secret.pattern === undefined,
  );
  return { id, name, kinds, ...(canHaveOwnKey && { canHaveOwnKey }) };
}

/** By name. */
export const secretGuides: readonly SecretGuide[] = [
  ...providers.filter(({ signing }) => signing && signing.length > 0).map(guideOf),
  ...others,
].sort((a, b) => a.name.localeCompare(b.name, "en"));

const guides = new Map(secretGuides.map((guide) => [guide.id, guide]));

/** Undefined for a provider that signs nothing, and for one that is not known. */
export const secretGuide = (id: string): SecretGuide | undefined => guides.get(id);
