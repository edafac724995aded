import type { KeyRecipe } from "../../providers/scheme.ts";
import { type Bytes, decode, utf8 } from "../bytes.ts";
import { keyOf } from "../key.ts";
import type { ChangeCode } from "./change.ts";

export type KeyVariant = { bytes: Bytes; code: ChangeCode };

/** HMAC fills a key up with zeros (RFC 2104 2), so this is the empty key, which WebCrypto refuses to import. */
const EMPTY_KEY = new Uint8Array(1);

/** Keys that a secret may have been made into instead of the right one, the likeliest first. */
export function keyVariants(secret: string, recipe: KeyRecipe): KeyVariant[] {
  const cleaned = cleanedSecrets(secret).flatMap(({ code, value }) => {
    const key = keyOf(recipe, value);
    return key ? [{ code, bytes: key.bytes }] : [];
  });
  const right = keyOf(recipe, secret)?.bytes ?? null;
  const all = [...cleaned, ...otherRecipes(secret.trim()), ...unsetKeys()];
  return all.filter(
    ({ bytes }, at) =>
      !(right && isSame(bytes, right)) && all.findIndex((each) => isSame(each.bytes, bytes)) === at,
  );
}

/** The same secret without what is pasted along with it. */
export function cleanedSecrets(secret: string): { code: ChangeCode; value: string }[] {
  const trimmed = secret.trim();
  const unquoted = /^(["'`])(.*)\1$/s.exec(trimmed)?.[2];
  const assigned = /^(?:export +)?[A-Za-z_]\w*[=:] *["']?(.+?)["']?;?$/.exec(trimmed)?.[1];
  return [
    ...(trimmed === secret ? [] : [{ code: "secret_space" as const, value: trimmed }]),
    ...(unquoted ? [{ code: "secret_quotes" as const, value: unquoted }] : []),
    ...(assigned ? [{ code: "secret_assignment" as const, value: assigned }] : []),
    // The other way: the sender's copy has what a file or an echo ends with.
    { code: "secret_space", value: `${secret}\n` },
  ];
}

function otherRecipes(secret: string): KeyVariant[] {
  const prefix = /^[a-z]{2,10}_(?:[a-z]{2,10}_)?/.exec(secret)?.[0] ?? "";
  const bare = secret.slice(prefix.length);
  return [
    { code: "secret_text" as const, bytes: utf8(secret) },
    { code: "secret_prefix" as const, bytes: utf8(bare) },
    ...decoded("secret_base64", [bare, secret], ["base64", "base64url"]),
    ...decoded("secret_hex", [bare, secret], ["hex"]),
  ].filter(({ bytes }) => bytes.length > 0);
}

function decoded(
  code: ChangeCode,
  texts: readonly string[],
  encodings: readonly ("base64" | "base64url" | "hex")[],
): KeyVariant[] {
  return texts.flatMap((text) =>
    encodings.flatMap((encoding) => {
      const bytes = decode(text, encoding);
      return bytes ? [{ code, bytes }] : [];
    }),
  );
}

/** What a program signs with whose setting is not there. */
const unsetKeys = (): KeyVariant[] =>
  [EMPTY_KEY, utf8("undefined"), utf8("null"), utf8("None")].map((bytes) => ({
    code: "secret_empty",
    bytes,
  }));

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
