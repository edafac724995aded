import { aroundBody } from "../contract/raw-message.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { asText, headerText, latin1Bytes } from "./bytes.ts";
import { INLINE_BYTES_MAX } from "./kinds.ts";
import { type CopyAs, keptNotes, noteOf, splitUrl } from "./source.ts";
import { hasUnseen } from "./unseen.ts";

/** The HTTP/1 message as text: as it was received, or with the target and the Host of `to`. */
export function asRaw(request: CapturedRequest, body: Uint8Array, to?: string): CopyAs {
  const { before, after } = aroundBody(
    to === undefined ? request : sentTo(request, to),
    body.length,
  );
  const bodyText = body.length > INLINE_BYTES_MAX ? null : asText(body);
  const text =
    bodyText === null
      ? decoded(before.slice(0, before.indexOf(HEAD_END) + HEAD_END.length))
      : decoded(before) + bodyText + decoded(after);
  return {
    text,
    notes: [
      ...keptNotes(request),
      ...(bodyText === null ? [leftOutNote(body)] : []),
      ...lossyNotes(request),
      ...(hasUnseen(text, "\r\n\t") ? ["The text holds characters that can't be seen."] : []),
    ],
  };
}

const HEAD_END = "\r\n\r\n";

const decoded = (text: string): string =>
  headerText(text) ?? new TextDecoder().decode(latin1Bytes(text));

function sentTo(request: CapturedRequest, to: string): CapturedRequest {
  const { origin, authority, target } = splitUrl(to);
  const isAbsolute = !request.requestTarget.startsWith("/");
  return {
    ...request,
    requestTarget: isAbsolute ? origin + target : target,
    headers: request.headers.map(([name, value]) => [
      name,
      name.toLowerCase() === "host" ? authority : value,
    ]),
  };
}

function leftOutNote(body: Uint8Array): string {
  const why = body.length > INLINE_BYTES_MAX ? "it is too long" : "it is no text";
  return `The body is left out, as ${why}: download the raw message for all of its bytes.`;
}

/** A clipboard holds characters: bytes that are no UTF-8 have none. */
function lossyNotes({ requestTarget, headers, trailers }: CapturedRequest): string[] {
  const lossy = [...headers, ...trailers].filter(([, value]) => headerText(value) === null);
  return [
    ...noteOf(
      "Bytes that are no UTF-8 are replaced",
      lossy.map(([name]) => name),
    ),
    ...(headerText(requestTarget) === null
      ? ["Bytes that are no UTF-8 are replaced in the path or query."]
      : []),
  ];
}
