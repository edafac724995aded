import type { Scheme } from "../providers/scheme.ts";
import { signingByProvider } from "../providers/signing/by-provider.ts";
import { schemesOf } from "./schemes.ts";

const HEADER = "header:";

const isSecretItself = ({ proof }: Scheme): boolean => proof.kind === "equal";

/** Whether a provider sends the secret itself along, so that who gets the request has it. */
export const sendsSecret = (providerId: string): boolean =>
  schemesOf(providerId).some(isSecretItself);

/** Headers, in lower case, in which some provider sends the secret itself. */
export const secretHeaders: ReadonlySet<string> = new Set(
  Object.values(signingByProvider)
    .flat()
    .filter(isSecretItself)
    .flatMap(({ signature }) => signature.at)
    .filter((place) => place.startsWith(HEADER))
    .map((place) => place.slice(HEADER.length).toLowerCase()),
);
