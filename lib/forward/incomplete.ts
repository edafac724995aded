import type { CapturedRequest } from "../contract/requests.ts";

/** Why a request can't be forwarded: what is stored is not all that was sent. Null when it can. */
export function incompleteReason({
  bodyTruncated,
  bodyIncomplete,
  bodySize,
}: Pick<CapturedRequest, "bodyTruncated" | "bodyIncomplete" | "bodySize">): string | null {
  if (!bodyTruncated && !bodyIncomplete) return null;
  const reason = bodyTruncated
    ? `Only the first ${bodySize} bytes of its body were stored (the limit is MAX_BODY_BYTES)`
    : `Its sender broke off after ${bodySize} bytes of body`;
  return `${reason}: the target would get another request than was sent, and its signature would fail.`;
}
