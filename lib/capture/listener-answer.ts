import { fixedHeaders, isStrippedHeader } from "../contract/answer-headers.ts";
import { type HeaderPair, headerValue } from "../contract/headers.ts";
import { type PlannedAnswer, plannedAnswer } from "./answer.ts";

/** What a listener's localhost answered, with its whole body. */
export type ListenerAnswer = { status: number; headers: HeaderPair[]; body: Buffer };

/** The listeners, as senders see them that wait for an answer of theirs. */
export type ListenerAnswers = {
  /**
   * Begins to wait for the answer to a request, before it is stored. `settle` is called once, unless the wait was ended:
   * with the answer, or with null as soon as none can come. Returns how to end the wait.
   */
  wait(
    binId: string,
    requestId: string,
    settle: (answer: ListenerAnswer | null) => void,
  ): () => void;
};

const HEADERS_BYTES_MAX = 64 * 1024;

/** Of one hop (RFC 9110 7.6.1), of the message's framing, or ours to say. A second policy is enforced beside ours. */
const DROPPED = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "content-length",
  ...fixedHeaders.map(([name]) => name.toLowerCase()),
]);
DROPPED.delete("content-security-policy");

/** RFC 9110 5.6.2 and 5.5: Node refuses to send anything else. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The answer as it can be sent on our own host; null when it can't. */
export function planListenerAnswer(
  { status, headers, body }: ListenerAnswer,
  method: string,
): PlannedAnswer | null {
  if (status < 200 || status > 599) return null;
  const named = connectionNames(headers);
  const sent = headers.filter(([name, value]) => isSent(name.toLowerCase(), value, named));
  const bytes = sent.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  if (bytes > HEADERS_BYTES_MAX) return null;
  const plan = { status, headers: sent, body, delayMs: 0, close: false };
  return plannedAnswer(plan, method === "HEAD" ? declaredLength(headers) : undefined);
}

function isSent(name: string, value: string, named: ReadonlySet<string>): boolean {
  if (DROPPED.has(name) || named.has(name) || isStrippedHeader(name)) return false;
  return TOKEN.test(name) && FIELD_VALUE.test(value) && !name.startsWith("hooklens-");
}

/** What the Connection headers name, in lower case. */
function connectionNames(headers: readonly HeaderPair[]): Set<string> {
  const values = headers.filter(([name]) => name.toLowerCase() === "connection");
  return new Set(values.flatMap(([, value]) => value.toLowerCase().split(/[\s,]+/)));
}

/** HEAD's answer tells the length that GET's would have (RFC 9110 8.6). */
function declaredLength(headers: readonly HeaderPair[]): number | undefined {
  const value = headerValue(headers, "content-length") ?? "";
  return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
