import { parsePath, valueAt } from "../../providers/path.ts";
import { utf8 } from "../bytes.ts";
import type { Canonical } from "../canonical.ts";
import type { Part } from "../template.ts";

/** In this order, joined by colons, nothing escaped; what an item does not have is empty. */
export const ADYEN_FIELDS = [
  "pspReference",
  "originalReference",
  "merchantAccountCode",
  "merchantReference",
  "amount.value",
  "amount.currency",
  "eventCode",
  "success",
];
const paths = ADYEN_FIELDS.map(
  (field) => [field, parsePath(`NotificationRequestItem.${field}`)] as const,
);

/** Each item of a batch is signed on its own, and all of them have to be. Nothing else of the body is covered. */
export const adyenItems: Canonical = ({ reader }, received) => {
  const items = valueAt(reader.json, ["notificationItems"]);
  return received.map((group, index) => ({
    messages: [Array.isArray(items) ? partsOf(items[index], index) : []],
    absent: group.length > 0 ? [] : [`json:notificationItems[${index}]`],
    received: group,
  }));
};

function partsOf(item: unknown, index: number): Part[] {
  return paths.flatMap(([field, path], at): Part[] => {
    const value = valueAt(item, path);
    const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
    const part = { from: `json:notificationItems[${index}].${field}`, bytes: utf8(text) };
    return at === 0 ? [part] : [{ from: "text", bytes: utf8(":") }, part];
  });
}
