import type { Scheme } from "../providers/scheme.ts";
import { isPrivateKey, isPrivateKeyOf } from "./private-key.ts";
import { schemesOf } from "./schemes.ts";
import type { Secret } from "./subject.ts";

/** Whether a secret can sign by a scheme: a public key only checks, and a private one is nothing else's secret. */
export const signs = ({ proof }: Scheme, { value }: Pick<Secret, "value">): boolean =>
  proof.kind === "public-key" ? isPrivateKeyOf(value, proof.algorithm) : !isPrivateKey(value);

export const canSign = (secret: Secret): boolean =>
  schemesOf(secret.provider).some((scheme) => signs(scheme, secret));

/** The scheme for which a bin can have a key of its own, since only the provider has the one that signs. */
export const ownKeyScheme = (providerId: string): Scheme | undefined =>
  schemesOf(providerId).find(
    ({ proof, secret }) => proof.kind === "public-key" && secret.pattern === undefined,
  );
