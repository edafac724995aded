import { utf8 } from "./bytes.ts";
import type { Claim } from "./claim.ts";

/** What stands as `name=value` on a line of its own before a public key: what that key has to be used for. */
export const settingOf = (secret: string | null, name: string): string | undefined =>
  new RegExp(`^${name}=(\\S+)\\s*$`, "m").exec(secret ?? "")?.[1];

/** That a value of the request, which is signed, is one of those. */
export const valueClaim = (
  at: Claim["received"][number]["at"],
  text: string | undefined,
  expected: readonly string[],
): Claim => ({
  proof: { kind: "equal" },
  messages: expected.map((each) => [{ from: at, bytes: utf8(each) }]),
  absent: text === undefined ? [at] : [],
  received: text === undefined ? [] : [{ at, text, bytes: utf8(text) }],
});
