import type { HeaderPair } from "../contract/headers.ts";

/** A request as it was signed. */
export type SignedRequest = {
  method: string;
  /** As the sender saw it, raw: scheme, host and port, path and query. */
  url: string;
  headers: readonly HeaderPair[];
  body: Uint8Array;
  /** False when only the body's beginning was kept. */
  isBodyWhole: boolean;
  receivedAtMs: number;
};

export type Secret = {
  id: string;
  /** The provider's id. */
  provider: string;
  /** As the person pasted it. */
  value: string;
  /** It came with a request, and nobody has said that it is the provider's. */
  isUnconfirmed?: true;
};
