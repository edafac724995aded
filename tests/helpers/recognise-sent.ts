import type { HeaderPair } from "#lib/contract/headers.ts";
import { recognise } from "#lib/providers/recognise.ts";
import type { Sent } from "#tests/fixtures/senders.ts";

/** Who a described request is taken to be from, once it is written out as it would stand on the wire. */
export function recogniseSent({ headers = {}, target = "", json, form }: Sent) {
  const given = Object.entries(headers);
  const hasType = given.some(([name]) => name.toLowerCase() === "content-type");
  const type = form ? "application/x-www-form-urlencoded" : "application/json";
  const body = form ? new URLSearchParams(form).toString() : JSON.stringify(json);
  const pairs: HeaderPair[] = hasType || !body ? given : [...given, ["Content-Type", type]];
  return recognise(pairs, target, body ? Buffer.from(body) : null);
}
