import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { SealingKey } from "./sealing-key.ts";

/** The row that a sealed value belongs to: moved into another one it does not open. */
export type Place = { binId: string; rowId: string };
/** `bytes`: nonce (12), tag (16), ciphertext. */
export type Sealed = { keyId: string; bytes: Buffer };

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CHECK_WORD = "hooklens";

/** Seals with the first of its keys and opens with all of them. */
export class Sealer {
  readonly #first: SealingKey;
  readonly #keys: ReadonlyMap<string, SealingKey>;

  constructor(first: SealingKey, others: readonly SealingKey[] = []) {
    this.#first = first;
    this.#keys = new Map([first, ...others].map((key) => [key.id, key]));
  }

  /** The key that seals. */
  get keyId(): string {
    return this.#first.id;
  }

  seal(text: string, place: Place): Sealed {
    const { id, bytes } = this.#first;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, bytes, nonce).setAAD(associated(id, place));
    const content = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return { keyId: id, bytes: Buffer.concat([nonce, cipher.getAuthTag(), content]) };
  }

  /** Null when its key is not here, or when a byte of it, or the row that it stands in, is another one. */
  open({ keyId, bytes }: Sealed, place: Place): string | null {
    const key = this.#keys.get(keyId);
    if (!key || bytes.byteLength < NONCE_BYTES + TAG_BYTES) return null;
    try {
      const decipher = createDecipheriv(ALGORITHM, key.bytes, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(associated(keyId, place))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const content = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(content), decipher.final()]).toString("utf8");
    } catch {
      return null;
    }
  }

  /** A known word, sealed with the key that seals: a later start opens it, or has another SECRET_KEY. */
  check(): Sealed {
    return this.seal(CHECK_WORD, checkPlace(this.keyId));
  }

  opensCheck(sealed: Sealed): boolean {
    return this.open(sealed, checkPlace(sealed.keyId)) === CHECK_WORD;
  }
}

const checkPlace = (keyId: string): Place => ({ binId: "", rowId: keyId });

/** JSON, so that no two places give the same bytes. */
const associated = (keyId: string, { binId, rowId }: Place) =>
  Buffer.from(JSON.stringify(["hooklens sealed 1", keyId, binId, rowId]));
