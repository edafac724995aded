import { UNCHECKED } from "#lib/contract/requests.ts";
import { headerValue } from "#lib/contract/headers.ts";
import type { Exported } from "#lib/transfer/exported.ts";
import { exportWriter } from "#lib/transfer/writers.ts";
import type { ExportFormat } from "#lib/contract/transfer.ts";
import { type OddRequest, oddRequests } from "#tests/fixtures/odd-requests.ts";
import { sha256 } from "./odd-sent.ts";

const ODD_BIN = "k7m2q9x4tz8w1p3vabcd";
const ORIGIN = "http://odd.example:8080";

/** The odd requests as they lie in a bin, ready for a file. */
export const oddExported = (): Exported[] => oddRequests(ODD_BIN).map(toExported);

function toExported(odd: OddRequest, index: number): Exported {
  const { method, target, requestTarget, httpVersion, headers, trailers, body } = odd;
  return {
    body,
    request: {
      id: `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`,
      seq: index + 1,
      receivedAt: `2026-11-21T10:30:00.${String(index).padStart(6, "0")}Z`,
      method,
      target,
      contentType: headerValue(headers, "content-type") ?? null,
      bodySize: body.length,
      bodyTruncated: odd.truncated,
      bodyIncomplete: odd.incomplete,
      remoteAddress: "127.0.0.1",
      provider: null,
      signature: UNCHECKED,
      thread: null,
      response: odd.status === null ? null : { status: odd.status, headers: [], bodySize: 0 },
      answered: { outcome: "sent", respondedMs: 2.5 },
      binId: ODD_BIN,
      requestTarget,
      url: `${ORIGIN}/in/${ODD_BIN}${target}`,
      httpVersion,
      headers,
      trailers,
      bodyDeclaredSize: null,
      bodySha256: sha256(body),
      redacted: odd.redacted ? ["cookie"] : [],
      timing: { headMs: 312.5, bodyMs: 1.25, storedMs: 2 },
    },
  };
}

/** The whole file. */
export function writeExport(format: ExportFormat, all: readonly Exported[]): string {
  const writer = exportWriter(format, {
    bin: { id: ODD_BIN, name: "Odd", url: `${ORIGIN}/in/${ODD_BIN}` },
    q: "",
    exportedAt: "2026-11-21T10:31:00.000Z",
    version: "0.1.0",
  });
  const pieces = all.flatMap((exported) => [...writer.each(exported)]);
  return [writer.begin(), ...pieces, writer.end(all.length)].join("");
}
