import { findProvider } from "../providers/providers.ts";
import type { Secret, SignedRequest } from "../signatures/subject.ts";
import { unchecked, type Verdict } from "../signatures/verdict.ts";

/** Says of a request whether its signature is made with one of a bin's secrets. Never rejects. */
export type Judge = (
  request: SignedRequest,
  /** Whom it was recognised to be from. */
  providerId: string | null,
  secrets: readonly Secret[],
) => Promise<Verdict>;

type Verify = (
  request: SignedRequest,
  providerId: string,
  secrets: readonly Secret[],
) => Promise<Verdict>;

type JudgeParts = {
  verify: Verify;
  onVerified: (secretId: string) => void;
  onError: (error: unknown) => void;
};

export function createJudge({ verify, onVerified, onError }: JudgeParts): Judge {
  return async (request, providerId, secrets) => {
    try {
      const verdict = await judge(verify, request, providerId, secrets);
      if (verdict.status === "verified" && verdict.secretId) onVerified(verdict.secretId);
      return verdict;
    } catch (error) {
      onError(error);
      return unchecked;
    }
  };
}

/**
 * By the provider that it was recognised to be from, when a secret of theirs is kept. Else by every other one of whom
 * there is a secret: Standard Webhooks and the like have many senders, and are nobody's name. Then a request of
 * somebody else's, or one that carries no signature of theirs, says nothing when it fails.
 */
async function judge(
  verify: Verify,
  request: SignedRequest,
  providerId: string | null,
  secrets: readonly Secret[],
): Promise<Verdict> {
  const byProvider = Map.groupBy(secrets, ({ provider }) => provider);
  const own = providerId === null ? undefined : byProvider.get(providerId);
  if (providerId !== null && own) return verify(request, providerId, own);
  const isAnybodys = providerId === null || findProvider(providerId)?.isScheme === true;
  let best = unchecked;
  for (const [provider, theirs] of byProvider) {
    const verdict = await verify(request, provider, theirs);
    if (verdict.status === "verified") return verdict;
    const isTheirs = isAnybodys && verdict.reason !== "missing";
    if (verdict.status === "failed" && isTheirs) best = verdict;
  }
  return best;
}
