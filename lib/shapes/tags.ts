import { SHAPE_LIMITS } from "./limits.ts";
import type { Members } from "./value.ts";

/** Names by which senders tell kinds of objects apart, the surest first. */
export const TAG_KEYS = [
  "type",
  "object",
  "kind",
  "event",
  "event_type",
  "eventType",
  "action",
  "topic",
  "__typename",
  "resource_type",
] as const;

const TAG = /^[A-Za-z][\w.:/-]*$/;

export type Tag = { key: string; value: string };

/** "" when nothing tells what it is. */
export function tagOf(members: Members): string {
  for (const key of TAG_KEYS) {
    const value = members.get(key);
    if (typeof value !== "string") continue;
    return value.length <= SHAPE_LIMITS.valueCharacters && TAG.test(value) ? `${key}=${value}` : "";
  }
  return "";
}

export function readTag(tag: string): Tag | null {
  const at = tag.indexOf("=");
  return at < 0 ? null : { key: tag.slice(0, at), value: tag.slice(at + 1) };
}
