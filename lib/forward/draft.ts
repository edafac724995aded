import type { HeaderPair } from "../contract/headers.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { type Edit, isEdit } from "./edit.ts";

/** What is to be sent, before the headers of the single hop are taken out and the framing is rebuilt. */
export type Draft = {
  method: string;
  /** The captured request's target, to be appended. */
  target: string;
  headers: HeaderPair[];
  trailers: HeaderPair[];
  body: Buffer;
  /** A captured request is sent as it is; an edited one may need a length that it never had. */
  edited: boolean;
};

type Captured = Pick<CapturedRequest, "method" | "target" | "headers" | "trailers">;

/** The captured request with a person's changes. `body` are the exact stored bytes. */
export function draftOf(captured: Captured, body: Buffer, edit: Edit | undefined): Draft {
  const { method, target, headers, trailers } = captured;
  if (!isEdit(edit)) return { method, target, headers, trailers, body, edited: false };
  return {
    method: edit.method ?? method,
    target: edit.target ?? target,
    headers: edit.headers ?? headers,
    trailers,
    body: edit.bodyBase64 === undefined ? body : Buffer.from(edit.bodyBase64, "base64"),
    edited: true,
  };
}
