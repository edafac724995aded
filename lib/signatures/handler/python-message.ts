import type { MessagePart } from "./check-plan.ts";

/** What was signed, as an expression of bytes. */
export const signedBytes = (message: readonly MessagePart[]): string =>
  message.map(bytesOf).join(" + ");

function bytesOf(part: MessagePart): string {
  if (part.kind === "body") return "body";
  if (part.kind === "secret") return "SECRET";
  if (part.kind === "text") return `b${JSON.stringify(part.text)}`;
  if (part.kind === "fields") return "sorted_fields.encode()";
  if (part.kind === "listed") return 'listed.encode("latin-1")';
  return `${part.kind === "value" ? snake(part.name) : part.kind}.encode()`;
}

export const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
