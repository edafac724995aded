import type { Change } from "#lib/contract/forwards.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { signedHeaders } from "#lib/signatures/signed-headers.ts";
import { signsUrl } from "#lib/signatures/signs-url.ts";

/** Whether the sender's signature still fits what a browser sends. Empty for a sender that signs nothing. */
export function signatureWords(
  provider: CapturedRequest["provider"],
  changes: readonly Change[],
  isResigned: boolean,
): string {
  if (!provider) return "A signature over the raw body still fits it, where its header stays.";
  const headers = signedHeaders(provider.id);
  const touched = changes.filter(({ kind, name }) => kind !== "added" && isAmong(headers, name));
  const lost = [...new Set(touched.map(({ name }) => name))];
  if (headers.length === 0) return "";
  if (lost.length > 0) return `${lost.join(", ")} does not arrive as it was: the signature fails.`;
  if (signsUrl(provider.id) && !isResigned) {
    return `${provider.name} signs the URL too, which is another one here: sign it again.`;
  }
  return `So do the headers of ${provider.name}’s signature: a check of it over the raw body sees what ${isResigned ? "is signed now" : `${provider.name} sent`}.`;
}

const isAmong = (headers: readonly string[], name: string) => {
  const lower = name.toLowerCase();
  return headers.some((header) =>
    header.endsWith("*") ? lower.startsWith(header.slice(0, -1)) : lower === header,
  );
};
