/** Below every id of a row. */
export const LOWEST_ID = "00000000-0000-0000-0000-000000000000";

/** Below every UUIDv7 of that millisecond or later, above every earlier one (RFC 9562 5.7). */
export function uuidFloor(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
