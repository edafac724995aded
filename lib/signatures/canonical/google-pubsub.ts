import { utf8 } from "../bytes.ts";
import type { Canonical } from "../canonical.ts";
import { itemValue } from "../template.ts";

/**
 * Google signs for everybody with the same keys: a token says something only when it is for this URL, or for the audience
 * that was set in its place, and from this service account (cloud.google.com/pubsub/docs/authenticate-push-subscriptions).
 * Both stand as lines before the keys.
 */
export const googlePubsub: Canonical = ({ reader, items, secret }, received) => {
  const setting = (name: string) => new RegExp(`^${name}=(\\S+)\\s*$`, "m").exec(secret ?? "")?.[1];
  const signed = itemValue(items, "signed=");
  const token = received.map((group) => ({
    messages: signed === undefined ? [] : [[{ from: "item:signed=", bytes: utf8(signed) }]],
    absent: [],
    received: group,
  }));
  if (signed === undefined) return token;
  const has = (name: string, expected: readonly string[]) => {
    const text = itemValue(items, `${name}=`);
    const at = `item:${name}` as const;
    return {
      proof: { kind: "equal" } as const,
      messages: expected.map((each) => [{ from: at, bytes: utf8(each) }]),
      absent: text === undefined ? [at] : [],
      received: text === undefined ? [] : [{ at, text, bytes: utf8(text) }],
    };
  };
  return [
    ...token,
    has("iss", ["https://accounts.google.com", "accounts.google.com"]),
    has("aud", [setting("aud") ?? reader.request.url]),
    has("email", [setting("email") ?? ""]),
  ];
};
