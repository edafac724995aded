import { byAgent } from "#lib/providers/handshakes/by-agent.ts";
import { byBody } from "#lib/providers/handshakes/by-body.ts";
import { byHeader } from "#lib/providers/handshakes/by-header.ts";
import { byQuery } from "#lib/providers/handshakes/by-query.ts";
import type { Provider } from "#lib/providers/provider.ts";
import { providers } from "#lib/providers/providers.ts";
import type { Proof, Scheme } from "#lib/providers/scheme.ts";
import { ownKeyScheme } from "#lib/signatures/can-sign.ts";
import { schemesOf } from "#lib/signatures/schemes.ts";

const rows = [
  ...byHeader.values(),
  ...byQuery.values(),
  ...[...byAgent, ...byBody].map(([, row]) => row),
];
const shaking = new Set(rows.map(({ id }) => id));

/** What a reader calls it. */
const proofWords = ({ proof, signature, bodyDigest }: Scheme): string => {
  const words = keyWords(proof);
  if (signature.jws) return `JWS ${signature.jws.algorithm}`;
  return bodyDigest ? `${words} over the body's hash` : words;
};

function keyWords(proof: Proof): string {
  if (proof.kind === "equal") return "token";
  if (proof.kind === "public-key") return proof.algorithm;
  return proof.kind === "hmac" ? `HMAC ${proof.hash}` : proof.hash;
}

const verified = ({ id }: Provider): string =>
  [...new Set(schemesOf(id).map(proofWords))].join(", ") || "–";

function signedAgain({ id }: Provider): string {
  const all = schemesOf(id);
  if (all.length === 0) return "–";
  const own = all.filter(({ proof }) => proof.kind !== "public-key");
  if (own.length > 0) return "yes";
  return ownKeyScheme(id) ? "by its own key" : "by its sender only";
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** All providers, by name, as lines of Markdown. */
export const providerTable = (): string[] => [
  line(["sender", "verified by", "signed again", "check of the URL answered"]),
  line(["---", "---", "---", "---"]),
  ...providers
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"))
    .map((provider) =>
      line([
        `[${provider.name}](https://${provider.docs})`,
        verified(provider),
        signedAgain(provider),
        shaking.has(provider.id) ? "yes" : "–",
      ]),
    ),
];
