import type { KeyRecipe } from "../providers/scheme.ts";
import { type Bytes, decode, utf8 } from "./bytes.ts";
import { readPrivateKey } from "./private-key.ts";
import { readPublicKeys, readValidity, type Validity } from "./spki.ts";

type Recipe = {
  /** As a person is told it. */
  words: string;
  /** Null when the secret is not one of this kind. */
  read: (secret: string) => Bytes | null;
  readOthers?: (secret: string) => Bytes[];
};

const base64Behind = (prefix: string) => (secret: string) =>
  decode(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, "base64");

const readWhsec = base64Behind("whsec_");

const recipes: Record<KeyRecipe, Recipe> = {
  text: { words: "the secret's text as UTF-8, its prefix included", read: utf8 },
  "whsec-base64": {
    words: "what follows whsec_, decoded from base64",
    read: readWhsec,
  },
  "whsec-base64-or-text": {
    words: "what follows whsec_, decoded from base64; without that prefix the text as UTF-8",
    read: (secret) => (secret.startsWith("whsec_") ? readWhsec(secret) : utf8(secret)),
  },
  "whpk-base64": {
    words: "the public key: what follows whpk_, decoded from base64",
    read: base64Behind("whpk_"),
  },
  "second-of-pair": {
    words: "what follows the colon or bar, as UTF-8",
    read: (secret) => utf8(/^[^:|]+[:|](.+)$/s.exec(secret)?.[1] ?? ""),
  },
  "public-key": {
    words: "the public key of the PEM text, certificate, JWK, base64 or hex",
    read: (secret) => readPublicKeys(secret)[0] ?? null,
    readOthers: (secret) => readPublicKeys(secret).slice(1),
  },
  hex: { words: "the secret decoded from hex", read: (secret) => decode(secret, "hex") },
};

export type Key = {
  recipe: string;
  bytes: Bytes;
  /** Of a set of public keys: any of them may be the one. */
  others?: readonly Bytes[];
  /** Of a certificate. */
  validity?: Validity;
  /** It signs, and nothing can be checked with it. */
  isPrivate?: true;
};

const PUBLIC: ReadonlySet<KeyRecipe> = new Set(["public-key", "whpk-base64"]);

/** Null when the secret can't be a key of this kind, as one that is empty. */
export function keyOf(recipe: KeyRecipe, secret: string): Key | null {
  const privateKey = PUBLIC.has(recipe) ? readPrivateKey(secret) : null;
  if (privateKey) {
    return { recipe: "the private key of the PEM text", bytes: privateKey, isPrivate: true };
  }
  const { words, read, readOthers } = recipes[recipe];
  const bytes = read(secret);
  if (!bytes || bytes.length === 0) return null;
  const validity = readOthers ? readValidity(secret) : null;
  return {
    recipe: words,
    bytes,
    ...(readOthers ? { others: readOthers(secret) } : {}),
    ...(validity ? { validity } : {}),
  };
}

export const recipeWords = (recipe: KeyRecipe): string => recipes[recipe].words;
