import { decode, utf8 } from "../bytes.ts";
import type { Canonical } from "../canonical.ts";
import { VALUES_MAX } from "../reader.ts";
import type { Received } from "../received.ts";
import type { Part } from "../template.ts";

const AT = "form:bt_signature";

/**
 * A list of `public key|signature`, of which the one of our public key counts, over the payload; its package also takes one
 * that was made over the payload with a line feed behind it.
 */
export const braintree: Canonical = ({ reader, secret }) => {
  const publicKey = /^([^:|]+)[:|]/.exec(secret ?? "")?.[1];
  const pairs = (reader.first(AT) ?? "").split("&", VALUES_MAX).map((pair) => pair.split("|", 2));
  const received = pairs
    .filter(([key, text]) => text !== undefined && (publicKey === undefined || key === publicKey))
    .map(([, text = ""]): Received => ({ at: AT, text, bytes: decode(text, "hex") }));
  // Which of several a program would read can't be told, and only one is signed.
  const payloads = reader.all("form:bt_payload");
  const payload = payloads.length === 1 ? payloads[0] : undefined;
  const part: Part[] =
    payload === undefined ? [] : [{ from: "form:bt_payload", bytes: utf8(payload) }];
  return [
    {
      messages: [part, [...part, { from: "text", bytes: utf8("\n") }]],
      absent: payload === undefined ? ["form:bt_payload"] : [],
      received,
      ...(publicKey === undefined ? {} : { prefix: `${publicKey}|` }),
    },
  ];
};
