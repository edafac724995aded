import type { SecretGuide } from "../providers/secret-guide.ts";
import { keyOf } from "../signatures/key.ts";
import { isFit } from "../signatures/plan.ts";
import { schemesOf } from "../signatures/schemes.ts";

/** What is wrong with a secret as it was pasted, and what to do about it; null when it can be the provider's. */
export function secretProblem({ id, name, kinds }: SecretGuide, value: string): string | null {
  const wanted = kinds.map(({ label, where }) => `${label} (${where})`).join(", or the ");
  const paste = `Paste the ${wanted}`;
  if (value === "") return paste;
  if (value.startsWith("hlk_")) return `This is a key of a Hooklens bin. ${paste}`;
  const schemes = schemesOf(id);
  const fits = schemes.some((scheme) => {
    const key = "key" in scheme.proof ? keyOf(scheme.proof.key, value) : null;
    return isFit(scheme, value, key);
  });
  if (schemes.length === 0 || fits) return null;
  if (
    value.startsWith("whsec_") &&
    schemes.some(({ secret }) => secret.pattern?.test(value) ?? true)
  ) {
    return "What follows whsec_ is not base64: a part may be missing, copy it again";
  }
  return `This is not how a secret of ${name} is written. ${paste}`;
}
