import type { HeaderPair } from "../contract/headers.ts";

/** What values are read of: an event, or an answer. */
export type Message = { headers: readonly HeaderPair[]; body: string };

/** A value out of a message. Numbers are as they were written, so that none is rounded. */
export type Found = { kind: "text" | "number" | "word" | "group"; text: string };

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The first header of this name. */
export function headerOf(message: Message, name: string): Found | null {
  const wanted = name.toLowerCase();
  const pair = message.headers.find(([given]) => given.toLowerCase() === wanted);
  return pair ? { kind: "text", text: pair[1] } : null;
}
