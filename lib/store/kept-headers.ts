import type { DestinationHeaders } from "../contract/destinations.ts";
import type { Sealed } from "../secrets/sealer.ts";
import { bytes, toBuffer } from "./bytes.ts";

/** Headers that are added, as they lie in the table. Without `sealed` their values stand in `add`, as they once did. */
export type KeptHeaders = { add: DestinationHeaders["add"]; sealed: Sealed | null };

/** Their values, and the known word of the key that sealed them. */
export type SealedHeaders = { sealed: Sealed; check: Sealed };

type HeaderColumns = {
  addHeaders: unknown;
  headersKeyId: string | null;
  headersSealed: Uint8Array | null;
};

export const toKeptHeaders = (row: HeaderColumns): KeptHeaders => ({
  add: row.addHeaders as KeptHeaders["add"],
  sealed:
    row.headersKeyId !== null && row.headersSealed
      ? { keyId: row.headersKeyId, bytes: toBuffer(row.headersSealed) }
      : null,
});

/** Names alone: what is read out of a table is never a value. */
export const withoutValues = (add: KeptHeaders["add"]): [string, null][] =>
  add.map(([name]) => [name, null]);

export const headerColumns = (add: KeptHeaders["add"], kept: SealedHeaders | null) => ({
  addHeaders: withoutValues(add),
  headersKeyId: kept?.sealed.keyId ?? null,
  headersSealed: kept ? bytes(kept.sealed.bytes) : null,
});

export const keyRow = ({ check }: SealedHeaders) => ({
  data: { id: check.keyId, check: bytes(check.bytes) },
  skipDuplicates: true,
});
