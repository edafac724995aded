import type { Scheme, SignatureForm } from "../../providers/scheme.ts";

/** What the code of a handler has to do with a JWS in a header. */
export type TokenPlan = {
  algorithm: NonNullable<SignatureForm["jws"]>["algorithm"];
  header: string;
  prefix: string;
  /** The claim that holds the body's SHA-256; null: it says nothing of the body. */
  digest: { claim: string; encoding: "hex" | "base64" } | null;
  /** The claim that says when it was made; null: nobody looks at it. */
  issued: { claim: string; toleranceSeconds: number; side: "old" | "both" } | null;
};

/** Another clock may be wrong by as much. */
export const LEEWAY_SECONDS = 10;

/** Null for what is no token in a header, or one whose claims are put together by code. */
export function tokenPlan({ signature, message, bodyDigest, time }: Scheme): TokenPlan | null {
  const header = named(signature.at[0], "header:");
  const digest = named(bodyDigest?.at, "item:");
  if (!signature.jws || "canonical" in message || !header) return null;
  const issued = named(time?.at[0], "item:")?.replace(/=$/, "");
  return {
    algorithm: signature.jws.algorithm,
    header,
    prefix: signature.prefix ?? "",
    digest: bodyDigest && digest ? { claim: digest, encoding: bodyDigest.encoding } : null,
    issued:
      time && issued && time.toleranceSeconds !== null
        ? { claim: issued, toleranceSeconds: time.toleranceSeconds, side: time.side }
        : null,
  };
}

const named = (place: string | undefined, kind: string): string | null =>
  place?.startsWith(kind) ? place.slice(kind.length) : null;
