import { asText, headerText } from "../copy-as/bytes.ts";
import { escapeUnseen } from "../copy-as/unseen.ts";
import { keptNotes, noteOf } from "../copy-as/source.ts";
import type { HeaderPair } from "../contract/headers.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import type { ExportFacts, Exported } from "./exported.ts";

/** A request as a client's file says it, that sends it again. */
export type Resend = {
  title: string;
  /** The name of the file's variable for where to send it, and what follows; or a whole URL. */
  url: string;
  headers: HeaderPair[];
  /** Null: there is none, or it can't stand in such a file. */
  body: string | null;
  /** Where it came from, and what the file can't reproduce. */
  notes: string[];
};

/** The variable that holds the capture URL: whoever changes it sends all requests somewhere else. */
export const BASE_URL = "baseUrl";

/** Clients write these themselves: given twice, a request is refused or misread. */
const OWN = new Set(["host", "content-length", "transfer-encoding", "connection"]);
/** How such files name a variable: it can't be escaped in them. */
const VARIABLE = "{{";

type Rules = {
  /** Why a text can't be the body in this file, or null. */
  refuse: (text: string) => string | null;
  isHeaderWritable: (name: string) => boolean;
};

export function toResend(exported: Exported, { bin }: ExportFacts, rules: Rules): Resend {
  const { request, body } = exported;
  const { provider } = request;
  const headers = request.headers.filter(([name]) => !OWN.has(name.toLowerCase()));
  const unwritable = headers.filter(([name]) => !rules.isHeaderWritable(name));
  const lossy = headers.filter(([, value]) => headerText(value) === null);
  const text = body.length === 0 ? null : asText(body);
  const refusal = body.length === 0 ? null : text === null ? "it is no text" : rules.refuse(text);
  const url = urlOf(request, bin.id);
  const written = [url.replace(`{{${BASE_URL}}}`, ""), ...headers.map(([, value]) => value)];
  const whence = [provider?.name, provider?.event].filter(Boolean).join(" ");
  return {
    title: shown(`#${request.seq} ${request.method} ${request.target || "/"} ${whence}`).trim(),
    url,
    headers: headers
      .filter(([name]) => rules.isHeaderWritable(name))
      .map(([name, value]) => [name, headerText(value) ?? value]),
    body: refusal === null ? text : null,
    notes: [
      `Received ${request.receivedAt}${request.remoteAddress ? ` from ${request.remoteAddress}` : ""}.`,
      ...keptNotes(request),
      ...(refusal ? [`The body of ${request.bodySize} bytes is left out: ${refusal}.`] : []),
      ...noteOf(
        "Left out",
        unwritable.map(([name]) => shown(name)),
      ),
      ...noteOf(
        "Bytes that are no UTF-8 are written as Latin-1",
        lossy.map(([name]) => name),
      ),
      ...noteOf(
        "Trailers are not sent",
        request.trailers.map(([name]) => name),
      ),
      ...([...written, refusal === null ? (text ?? "") : ""].some((part) => part.includes(VARIABLE))
        ? [`It holds ${VARIABLE}, which this file's readers take for a variable.`]
        : []),
    ],
  };
}

/** Bytes that no URL holds are written as escapes. What came to the bin itself begins with the file's variable. */
function urlOf({ url, target }: CapturedRequest, binId: string): string {
  const base = url.slice(0, url.length - target.length);
  const whole = base.endsWith(`/in/${binId}`) ? `{{${BASE_URL}}}${target}` : url;
  return whole.replace(
    /[^\x21-\x7e]/g,
    (char) => `%${(char.charCodeAt(0) & 0xff).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

const TITLE_CHARACTERS_MAX = 120;

/** Without what can't be seen, and on one line: it goes into a comment. */
const shown = (text: string): string =>
  escapeUnseen(text, () => " ")
    .slice(0, TITLE_CHARACTERS_MAX)
    .toWellFormed();
