import type { SignatureExplanation } from "#lib/contract/explanations.ts";

/** The nearest to verified of those that count; among equals the first. */
export function bestItem(items: readonly SignatureExplanation[]): SignatureExplanation | null {
  return items.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
}

function rank({ verdict, claims, outrankedBy }: SignatureExplanation): number {
  if (outrankedBy !== null) return 0;
  if (verdict.status === "verified") return 4;
  if (verdict.reason === "mismatch") return 3;
  return claims.some(({ received }) => received.length > 0) ? 2 : 1;
}
