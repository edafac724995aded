import type { Scheme } from "../providers/scheme.ts";
import { signingByProvider } from "../providers/signing/by-provider.ts";

const byProvider = new Map(Object.entries(signingByProvider));

/** How a provider signs; empty for one that signs nothing and for one that is not known. */
export const schemesOf = (providerId: string): readonly Scheme[] =>
  byProvider.get(providerId) ?? [];
