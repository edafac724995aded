import { INLINE_BODY_BYTES_MAX, type Recognised } from "../contract/draft.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { HooklensError } from "../errors.ts";
import { readAs, recognise } from "../providers/recognise.ts";
import { threadKeyOf } from "../providers/thread-key.ts";

/** What hangs on who sent a request. `chosen`: a person said so. */
export type Corrected = {
  provider: Recognised | null;
  chosen: boolean;
  threadKey: Buffer | null;
};

/**
 * Reads a request as one of the provider that a person names: null for nobody known, "auto" for what recognition says.
 * As at capture, a large body is not looked into. @throws invalid_fields for a provider that is not known
 */
export function readCorrected(
  request: CapturedRequest,
  bytes: Buffer,
  choice: string | null,
): Corrected {
  const { headers, target, method, bodySize } = request;
  const body = bytes.length > 0 && bytes.length <= INLINE_BODY_BYTES_MAX ? bytes : null;
  const provider =
    choice === "auto"
      ? recognise(headers, target, body)
      : choice && readAs(choice, headers, target, body);
  if (provider === null && choice !== null && choice !== "auto") throw unknownProvider();
  const threadKey = threadKeyOf({
    provider: provider || null,
    isHandshake: request.handshake !== undefined,
    method,
    target,
    bodySize,
    bodySha256: Buffer.from(request.bodySha256, "hex"),
    isBodyWhole: !request.bodyTruncated && !request.bodyIncomplete,
  });
  return { provider: provider || null, chosen: choice !== "auto", threadKey };
}

const unknownProvider = () => {
  const detail = "There is no provider with this id.";
  return new HooklensError("invalid_fields", "Nothing was changed.", {
    errors: [{ pointer: "/provider", detail }],
  });
};
