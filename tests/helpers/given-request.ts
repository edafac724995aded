import type { HeaderPair } from "#lib/contract/headers.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { UNCHECKED } from "#lib/contract/requests.ts";

export const BIN = "k7m2q9x4tz8w1p3v5b6n";

export type Given = Partial<
  Pick<CapturedRequest, "headers" | "target" | "provider" | "trailers">
> & {
  body?: string | Buffer;
  type?: string | null;
};

/** A captured request with its body. */
export function requestOf({
  body = "",
  type = "application/json",
  ...given
}: Given): [CapturedRequest, Buffer] {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
  const target = given.target ?? "/orders";
  const headers: HeaderPair[] = [["Host", "localhost"], ...(given.headers ?? [])];
  const request: CapturedRequest = {
    id: "01999999-0000-7000-8000-000000000001",
    seq: 1,
    binId: BIN,
    receivedAt: "2026-11-21T10:00:00.000000Z",
    method: "POST",
    contentType: type,
    bodySize: bytes.length,
    bodyTruncated: false,
    bodyIncomplete: false,
    remoteAddress: "203.0.113.7",
    provider: null,
    signature: UNCHECKED,
    thread: null,
    response: { status: 200, headers: [["Set-Cookie", "id=owners-own-secret"]], bodySize: 4 },
    answered: null,
    requestTarget: `/in/${BIN}${target}`,
    url: `http://localhost/in/${BIN}${target}`,
    httpVersion: "1.1",
    trailers: [],
    bodyDeclaredSize: bytes.length,
    bodySha256: "ab".repeat(32),
    redacted: [],
    timing: { headMs: 1, bodyMs: 1, storedMs: 1 },
    ...given,
    headers,
    target,
  };
  return [request, bytes];
}
