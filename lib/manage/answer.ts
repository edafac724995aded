import { ANSWER_BODY_BYTES_MAX, type AnswerPatch, type StoredAnswer } from "../contract/answer.ts";
import { isBodiless } from "../contract/answer-headers.ts";
import { HooklensError } from "../errors.ts";

/** What a bin answers until somebody sets something else. */
export const DEFAULT_ANSWER: StoredAnswer = {
  status: 200,
  headers: [],
  body: Buffer.alloc(0),
  delayMs: 0,
};

/**
 * The answer after a merge patch (RFC 7396): what is left out stays, null is the default again.
 * @throws invalid_fields, with pointers into the whole body, where the answer lies at `/response`.
 */
export function mergeAnswer(current: StoredAnswer, patch: AnswerPatch | null): StoredAnswer {
  if (patch === null) return DEFAULT_ANSWER;
  const body = mergeBody(current.body, patch);
  const status = merge(current.status, patch.status, DEFAULT_ANSWER.status);
  if (isBodiless(status) && body.byteLength > 0) {
    throw invalid(
      bodyField(patch) ?? "status",
      `An answer with status ${status} has no body: leave the body empty or choose another status`,
    );
  }
  return {
    status,
    headers: merge(current.headers, patch.headers, DEFAULT_ANSWER.headers),
    body,
    delayMs: merge(current.delayMs, patch.delayMs, DEFAULT_ANSWER.delayMs),
  };
}

function merge<Value>(current: Value, given: Value | null | undefined, fallback: Value): Value {
  if (given === undefined) return current;
  return given === null ? fallback : given;
}

function mergeBody(current: Buffer, patch: AnswerPatch): Buffer {
  const { body, bodyBase64 } = patch;
  if (typeof body === "string" && typeof bodyBase64 === "string") {
    throw invalid("bodyBase64", "Either body or bodyBase64, not both");
  }
  const field = bodyField(patch);
  if (field === null) return current;
  const bytes =
    typeof bodyBase64 === "string" ? Buffer.from(bodyBase64, "base64") : Buffer.from(body ?? "");
  if (bytes.byteLength > ANSWER_BODY_BYTES_MAX) {
    throw invalid(field, `At most 256 KiB (${ANSWER_BODY_BYTES_MAX} bytes)`);
  }
  return bytes;
}

/** The field that sets the body; null when the patch leaves it as it is. */
function bodyField(patch: AnswerPatch): "body" | "bodyBase64" | null {
  if (typeof patch.bodyBase64 === "string") return "bodyBase64";
  if (patch.body !== undefined) return "body";
  return patch.bodyBase64 === undefined ? null : "bodyBase64";
}

const invalid = (field: string, detail: string) =>
  new HooklensError("invalid_fields", "The answer can't be set like this.", {
    errors: [{ pointer: `/response/${field}`, detail }],
  });
