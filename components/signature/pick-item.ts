import type { SignatureExplanation } from "#lib/contract/explanations.ts";

/** The nearest to verified; among equals the first. */
export function bestItem(items: readonly SignatureExplanation[]): SignatureExplanation | null {
  return items.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
}

function rank({ verdict, claims }: SignatureExplanation): number {
  if (verdict.status === "verified") return 4;
  if (verdict.reason === "mismatch") return 3;
  return claims.some(({ received }) => received.length > 0) ? 2 : 1;
}
