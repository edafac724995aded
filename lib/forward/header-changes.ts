import type { Change } from "../contract/forwards.ts";
import type { HeaderPair } from "../contract/headers.ts";
import type { Signed } from "../signatures/sign.ts";

/** Attempts are kept: a token that is the secret itself is not. */
const WITHHELD = "(the secret)";

/** What signing did to the headers, as it is shown with the attempt. */
export function headerChanges(
  before: readonly HeaderPair[],
  { headers: after, isSecretItself }: Pick<Signed, "headers" | "isSecretItself">,
): Change[] {
  const had = new Set(before.map(([name]) => name.toLowerCase()));
  const has = new Set(after.map(([name]) => name.toLowerCase()));
  const old = new Set(before.map((pair) => JSON.stringify(pair)));
  const fresh = after.filter((pair) => !old.has(JSON.stringify(pair)));
  const gone = before.filter(([name]) => !has.has(name.toLowerCase()));
  return [
    ...fresh.map(([name, value]): Change => {
      const kind = had.has(name.toLowerCase()) ? "changed" : "added";
      return { kind, name, value: isSecretItself ? WITHHELD : value, why: "signed again" };
    }),
    ...gone.map(
      ([name, value]): Change => ({
        kind: "dropped",
        name,
        value,
        why: "a signature that can't be made again",
      }),
    ),
  ];
}
