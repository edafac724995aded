import { utf8 } from "../bytes.ts";
import type { Canonical } from "../canonical.ts";
import { settingOf, valueClaim } from "../setting.ts";
import { itemValue } from "../template.ts";

/**
 * Google signs for everybody with the same keys: a token says something only when it is for this URL, or for the audience
 * that was set in its place, and from this service account (cloud.google.com/pubsub/docs/authenticate-push-subscriptions).
 */
export const googlePubsub: Canonical = ({ reader, items, secret }, received) => {
  const signed = itemValue(items, "signed=");
  const token = received.map((group) => ({
    messages: signed === undefined ? [] : [[{ from: "item:signed=", bytes: utf8(signed) }]],
    absent: [],
    received: group,
  }));
  if (signed === undefined) return token;
  const has = (name: string, expected: readonly string[]) =>
    valueClaim(`item:${name}`, itemValue(items, `${name}=`), expected);
  return [
    ...token,
    has("iss", ["https://accounts.google.com", "accounts.google.com"]),
    has("aud", [settingOf(secret, "aud") ?? reader.request.url]),
    has("email", [settingOf(secret, "email") ?? ""]),
  ];
};
