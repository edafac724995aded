import {
  fixedHeaders,
  headerNameFault,
  headerValueFault,
  isBodiless,
  isStrippedHeader,
  REQUEST_ID_HEADER,
} from "#lib/contract/answer-headers.ts";
import type { AnswerDraft } from "./answer-draft.ts";
import { reasonPhrase } from "./reason-phrases.ts";

/** `ours`: set by the server; `own`: set here; `stripped`: set here and never sent; `refused`: it can't be saved. */
export type PreviewHeader = {
  name: string;
  value: string;
  kind: "ours" | "own" | "stripped" | "refused";
};

export type AnswerPreview = {
  statusLine: string;
  headers: PreviewHeader[];
  /** Null for bytes that are no text. */
  body: string | null;
  /** There is one, and an answer with this status has none: it can't be saved. */
  isBodyRefused: boolean;
};

/** What a sender gets over a kept HTTP/1.1 connection, as it goes over the wire; null while the status is none. */
export function previewAnswer(
  { status, headers, body }: AnswerDraft,
  bodyBytes = new TextEncoder().encode(body ?? "").byteLength,
): AnswerPreview | null {
  const code = Number(status);
  if (!/^[2-5]\d\d$/.test(status.trim())) return null;
  const own = headers
    .filter(({ name, value }) => name !== "" || value !== "")
    .map(
      ({ name, value }): PreviewHeader => ({
        name,
        value,
        kind: kindOf(name, value),
      }),
    );
  const length: [string, string][] =
    code === 204 || code === 304 ? [] : [["Content-Length", String(bodyBytes)]];
  return {
    statusLine: `HTTP/1.1 ${code} ${reasonPhrase(code)}`,
    headers: [
      ...[[REQUEST_ID_HEADER, "(the request’s id)"] as const, ...fixedHeaders].map(ours),
      ...own,
      ...[
        ...length,
        ["Date", "(the moment)"] as const,
        ["Connection", "keep-alive"] as const,
        ["Keep-Alive", KEEP_ALIVE] as const,
      ].map(ours),
    ],
    body,
    isBodyRefused: isBodiless(code) && bodyBytes > 0,
  };
}

const KEEP_ALIVE = "timeout=65";

function kindOf(name: string, value: string): PreviewHeader["kind"] {
  if (headerNameFault(name) !== null || headerValueFault(value) !== null) return "refused";
  return isStrippedHeader(name) ? "stripped" : "own";
}

function ours([name, value]: readonly [string, string]): PreviewHeader {
  return { name, value, kind: "ours" };
}
