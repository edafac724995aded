import { utf8, wireBytes } from "../bytes.ts";
import type { Canonical } from "../canonical.ts";
import { VALUES_MAX } from "../reader.ts";
import { add, type Filled, itemValue } from "../template.ts";

/**
 * docs.cdp.coinbase.com/webhooks/verify-signatures: `t.h.values.body`. `h` names headers, parted by spaces, whose values are
 * signed too, joined by dots; one that is not there counts as empty.
 */
export const coinbaseCdp: Canonical = ({ reader, time, items }, received) => {
  const names = itemValue(items, "h=");
  const filled: Filled = { parts: [], absent: [] };
  const text = (from: string, value: string | undefined) =>
    add(filled, from, value === undefined ? undefined : utf8(value));
  text("time", time);
  text("text", ".");
  text("item:h=", names);
  for (const name of names?.split(" ", VALUES_MAX) ?? []) {
    text("text", ".");
    add(filled, `header:${name}`, wireBytes(reader.first(`header:${name}`) ?? ""));
  }
  text("text", ".");
  add(filled, "body", reader.request.body);
  return received.map((group) => ({
    messages: [filled.parts],
    absent: filled.absent,
    received: group,
  }));
};
