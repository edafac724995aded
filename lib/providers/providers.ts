import type { Provider, SigningProvider } from "./provider.ts";
import { cloud } from "./rows/cloud.ts";
import { code } from "./rows/code.ts";
import { commerce } from "./rows/commerce.ts";
import { email } from "./rows/email.ts";
import { messaging } from "./rows/messaging.ts";
import { payments } from "./rows/payments.ts";
import { work } from "./rows/work.ts";
import { signingByProvider } from "./signing/by-provider.ts";

const rows: readonly Provider[] = [
  ...payments,
  ...code,
  ...commerce,
  ...messaging,
  ...email,
  ...work,
  ...cloud,
];

export const providers: readonly SigningProvider[] = rows.map((row) => {
  const signing = signingByProvider[row.id];
  return signing ? { ...row, signing } : row;
});

const byId = new Map(providers.map((provider) => [provider.id, provider]));

export const findProvider = (id: string): Provider | null => byId.get(id) ?? null;

/** A provider's name by its id; the id itself for one that is no longer known. */
export const providerName = (id: string): string => byId.get(id)?.name ?? id;

/** As a request shows it: only where it is one. */
export const toHandshake = (id: string | null) =>
  id === null ? {} : { handshake: { id, name: providerName(id) } };
