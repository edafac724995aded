import type { ExplainedPart, SignatureExplanation } from "../contract/explanations.ts";
import { encode } from "./bytes.ts";
import type { Explanation } from "./explain.ts";
import type { Part } from "./template.ts";
import { signatureOf } from "./verdict.ts";

/** Bytes of a part that are told with it. */
const PART_BYTES_MAX = 16 * 1024;

/** An explanation as the API tells it, and as a page makes it of a secret that never leaves the browser. */
export const toldExplanation = (
  provider: string,
  { claims, verdict, ...plain }: Explanation,
  isUrlCheck = false,
): SignatureExplanation => ({
  ...plain,
  provider,
  claims: claims.map(({ messages, absent, received }) => ({
    messages: messages.map(({ parts, bytes, computed }) => ({
      parts: parts.map(toPart),
      size: bytes.length,
      computed,
    })),
    absent: [...absent],
    received: received.map((each) => ({ ...each })),
  })),
  verdict: signatureOf(verdict, () => isUrlCheck),
});

function toPart({ from, bytes }: Part): ExplainedPart {
  const isLeftOut = from === "body" || from === "secret" || bytes.length > PART_BYTES_MAX;
  return { from, size: bytes.length, base64: isLeftOut ? null : encode(bytes, "base64") };
}
