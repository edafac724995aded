import { utf8 } from "./bytes.ts";
import type { Claim } from "./claim.ts";

/**
 * What stands as `name=value` on a line before a public key: what that key has to be used for. A field of one line takes the
 * line ends out of what is pasted; what begins a key ends a value too, so that no condition is lost that way.
 */
export const settingOf = (secret: string | null, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}=(\\S+?)(?=\\s|-----BEGIN |\\{|$)`).exec(secret ?? "")?.[1];

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
