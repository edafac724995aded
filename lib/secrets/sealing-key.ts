import { scryptSync } from "node:crypto";

/** What seals and opens, made of one entry of SECRET_KEY. */
export type SealingKey = {
  /** Names the key beside what it sealed; says nothing of it. */
  id: string;
  /** 32 bytes, for AES-256. */
  bytes: Buffer;
};

/** The same for all: an entry is expected to be random, and must give the same key on every server. */
const SALT = "hooklens sealing key 1";
const KEY_BYTES = 32;
const ID_BYTES = 8;
/** RFC 7914; some 50 ms, so that a phrase that a person made up can't be tried by the million. */
const COST = { N: 2 ** 14, r: 8, p: 1 };

const made = new Map<string, SealingKey>();

/** Derives the key of an entry of SECRET_KEY, once. */
export function sealingKey(entry: string): SealingKey {
  let key = made.get(entry);
  if (!key) {
    const derived = scryptSync(entry, SALT, KEY_BYTES + ID_BYTES, COST);
    key = {
      id: derived.subarray(KEY_BYTES).toString("hex"),
      bytes: derived.subarray(0, KEY_BYTES),
    };
    made.set(entry, key);
  }
  return key;
}
