import { isUtf8 } from "node:buffer";
import type { CapturedRequest } from "../contract/requests.ts";
import type { Exported, ExportWriter } from "./exported.ts";

/** Spreadsheets take 32,767 characters in a cell; headers and targets seldom have more, and are never cut. */
const BODY_CHARACTERS_MAX = 32_000;
/** A spreadsheet takes a cell that begins so for a formula, and so could run what a stranger sent (OWASP, CSV injection). */
const FORMULA = /^[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

const columns: Record<string, (exported: Exported) => string | number | null | undefined> = {
  seq: ({ request }) => request.seq,
  id: ({ request }) => request.id,
  received_at: ({ request }) => request.receivedAt,
  method: ({ request }) => request.method,
  target: ({ request }) => request.target,
  url: ({ request }) => request.url,
  remote_address: ({ request }) => request.remoteAddress,
  provider: ({ request }) => request.provider?.name,
  event: ({ request }) => request.provider?.event,
  delivery: ({ request }) => request.provider?.deliveryId,
  signature: ({ request }) => request.signature.status,
  answer_status: ({ request }) => request.response?.status,
  answered: ({ request }) => request.answered?.outcome,
  pinned: ({ request }) => (request.pinned ? "yes" : ""),
  labels: ({ request }) => request.labels?.join(", "),
  note: ({ request }) => request.note,
  content_type: ({ request }) => request.contentType,
  headers: ({ request }) => JSON.stringify(request.headers),
  body_size: ({ request }) => request.bodySize,
  body_sha256: ({ request }) => request.bodySha256,
  body: ({ body }) => (isUtf8(body) ? beginningOf(body) : ""),
  body_is: ({ request, body }) => bodyWords(request, body),
};

/**
 * CSV (RFC 4180), all cells quoted. What a spreadsheet would take for a formula gets a quote mark before it. The last
 * column is empty but in the last row: a file without it was cut. So a row waits until it is known whether one follows.
 */
export function csvWriter(): ExportWriter {
  let waiting = "";
  return {
    begin: () => `\ufeff${[...Object.keys(columns), "export"].map(cell).join(",")}`,
    *each(exported) {
      if (waiting !== "") yield `${waiting},""`;
      waiting = `\r\n${Object.values(columns)
        .map((valueOf) => cell(valueOf(exported) ?? ""))
        .join(",")}`;
    },
    end: (requests) =>
      waiting === ""
        ? `\r\n${cell("end of 0")}\r\n`
        : `${waiting},${cell(`end of ${requests}`)}\r\n`,
  };
}

/** A cell, quoted; what a spreadsheet would take for a formula is none. */
export function cell(value: string | number): string {
  if (typeof value === "number") return `"${value}"`;
  return `"${FORMULA.test(value) ? "'" : ""}${value.replaceAll('"', '""')}"`;
}

/** No more of a large body is decoded than is shown: a character takes four bytes at most. */
const beginningOf = (body: Buffer): string =>
  body
    .toString("utf8", 0, BODY_CHARACTERS_MAX * 4)
    .slice(0, BODY_CHARACTERS_MAX)
    .toWellFormed();

/** What of the body its cell holds. */
function bodyWords({ bodyTruncated, bodyIncomplete }: CapturedRequest, body: Buffer): string {
  if (body.length > 0 && !isUtf8(body)) return "binary, left out";
  if (beginningOf(body).length === BODY_CHARACTERS_MAX) return "cut here";
  if (bodyTruncated || bodyIncomplete) return "not captured whole";
  return "whole";
}
