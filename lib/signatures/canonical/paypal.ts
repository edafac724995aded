import { utf8 } from "../bytes.ts";
import type { Canonical } from "../canonical.ts";
import { crc32 } from "../crc32.ts";
import { add, type Filled } from "../template.ts";

const ID = "header:paypal-transmission-id";

/**
 * `transmission id|time|webhook id|CRC-32 of the body` (developer.paypal.com/api/rest/webhooks/rest#verify-self). The id of
 * the webhook is not in the request: it stands before the certificate in what was pasted.
 */
export const paypal: Canonical = ({ reader, time, secret }, received) => {
  const filled: Filled = { parts: [], absent: [] };
  const text = (from: string, value: string | undefined) =>
    add(filled, from, value === undefined ? undefined : utf8(value));
  text(ID, reader.first(ID));
  text("text", "|");
  text("time", time);
  text("text", "|");
  text("webhook id", webhookId(secret ?? ""));
  text("text", "|");
  text("body-crc32", String(crc32(reader.request.body)));
  return received.map((group) => ({
    messages: [filled.parts],
    absent: filled.absent,
    received: group,
  }));
};

const webhookId = (secret: string): string | undefined =>
  /^\s*(?!-----)(\S{1,64}?)(?=\s|-----BEGIN )/.exec(secret)?.[1];
