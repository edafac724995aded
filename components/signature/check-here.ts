import type { SignatureExplanations } from "#lib/contract/explanations.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";

export type ToCheck = {
  request: CapturedRequest;
  body: Uint8Array;
  provider: string;
  /** Null: what would be checked. */
  secret: string | null;
};

/** False on a page that came over plain http from another host than localhost: browsers then offer no cryptography. */
export const canCheckHere = (): boolean => globalThis.crypto?.subtle !== undefined;

/**
 * Checks and explains a signature within this page. The secret is in memory only: nothing of it is sent or kept.
 * Loads the engine when it is first wanted.
 */
export async function checkHere({
  request,
  body,
  provider,
  secret,
}: ToCheck): Promise<SignatureExplanations> {
  const [{ explain }, { diagnose }, { toldExplanation }] = await Promise.all([
    import("#lib/signatures/explain.ts"),
    import("#lib/signatures/doctor/diagnose.ts"),
    import("#lib/signatures/told.ts"),
  ]);
  const signed = {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body,
    isBodyWhole: !request.bodyTruncated && !request.bodyIncomplete,
    receivedAtMs: Date.parse(request.receivedAt),
  };
  const secrets = secret === null ? [] : [{ id: "here", provider, value: secret }];
  const explained = await explain(signed, provider, secrets);
  const items = explained.map((each) => toldExplanation(provider, each));
  const isFine = items.some(
    ({ verdict, outrankedBy }) =>
      verdict.status === "verified" && verdict.reason === null && outrankedBy === null,
  );
  const isDone = isFine || secret === null;
  return { items, diagnosis: isDone ? null : await diagnose(signed, provider, secrets) };
}
