import { fromBase64 } from "#components/body/base64.ts";
import type { Message } from "#lib/compare/comparison.ts";
import type { Attempt } from "#lib/contract/forwards.ts";
import { headerValue } from "#lib/contract/headers.ts";

/** An answer as it is compared; of its body what was kept. */
export function answerMessage({ status, headers, bodyBase64 }: Attempt): Message {
  return {
    start: { kind: "answer", status },
    headers,
    trailers: [],
    contentType: headerValue(headers, "content-type") ?? null,
    body: fromBase64(bodyBase64),
  };
}
