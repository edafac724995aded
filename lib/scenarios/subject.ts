import { type Found, headerOf, type Message } from "./message.ts";
import { valueAt } from "./value-at.ts";

/** An answer, as far as it came. */
export type Answer = Message & { status: number; totalMs: number };

const number = (value: number): Found => ({ kind: "number", text: String(value) });

/** What `status`, `time`, `header.NAME`, `body` or `body.PATH` is of an answer; null when it is not there. */
export function subjectOf(answer: Answer, subject: string): Found | null {
  if (subject === "status") return number(answer.status);
  if (subject === "time") return number(Math.round(answer.totalMs));
  return partOf(answer, subject);
}

/** `header.NAME`, `body` or `body.PATH`. */
export function partOf(message: Message, part: string): Found | null {
  if (part.startsWith("header.")) return headerOf(message, part.slice("header.".length));
  if (part === "body" || /^body[.[]/.test(part))
    return valueAt(message.body, part.slice("body".length));
  return null;
}
