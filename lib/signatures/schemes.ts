import { providers } from "../providers/providers.ts";
import type { Scheme } from "../providers/scheme.ts";

const byProvider = new Map(providers.map(({ id, signing }) => [id, signing ?? []]));

/** How a provider signs; empty for one that signs nothing and for one that is not known. */
export const schemesOf = (providerId: string): readonly Scheme[] =>
  byProvider.get(providerId) ?? [];
