import type { BodyDigest } from "../providers/scheme.ts";
import { decode } from "./bytes.ts";
import type { Claim } from "./claim.ts";
import { itemValue, type Material } from "./template.ts";

/** That the body is the one whose SHA-256 was signed. */
export function digestClaim({ at, encoding }: BodyDigest, { reader, items }: Material): Claim {
  const text = at.startsWith("item:")
    ? itemValue(items, `${at.slice("item:".length)}=`)
    : reader.first(at as Exclude<typeof at, `item:${string}`>);
  const bytes = text === undefined ? null : decode(text, encoding);
  return {
    proof: { kind: "digest", hash: "SHA-256" },
    messages: [[{ from: "body", bytes: reader.request.body }]],
    absent: text === undefined ? [at] : [],
    received: text === undefined ? [] : [{ at, text, bytes }],
    encoding,
  };
}
