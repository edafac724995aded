import type { Plan } from "../plan.ts";
import type { ChangeCode } from "./change.ts";
import type { Finding } from "./finding.ts";
import { changeWords } from "./words.ts";

type MatchCode = ChangeCode | "other_scheme" | "other_secret";

/** Then something else is wrong with the request, which a fact says. */
export type Match = Finding | "fits as it is";

/** Names what makes the signature fit; several changes at once are told in one. */
export function matchFinding(codes: readonly MatchCode[], plan: Plan): Match {
  const [code, ...also] = [...new Set(codes)];
  if (code === undefined) return "fits as it is";
  const words = codes.map((each) => wordsOf(each, plan));
  return {
    code,
    certainty: "match",
    also: also.filter((each) => each !== "other_scheme" && each !== "other_secret"),
    title: words.map(({ title }) => title).join("; and "),
    advice: words.map(({ advice }) => advice).join(" "),
    scheme: plan.scheme.id,
    secretId: plan.secret?.id ?? null,
  };
}

function wordsOf(code: MatchCode, { scheme }: Plan): { title: string; advice: string } {
  if (code === "other_secret") {
    return {
      title: "It is signed with a secret that is kept for another sender",
      advice: "Keep that secret for this sender too.",
    };
  }
  if (code === "other_scheme") {
    return {
      title: `It is signed by another scheme, ${scheme.id}`,
      advice: "The sender was taken for another one: correct it in the request's head.",
    };
  }
  return changeWords[code];
}
