import type { MessagePart } from "./check-plan.ts";

/** What is text goes into one template; the body stays bytes. */
export function joinTexts(parts: readonly MessagePart[]): string[] {
  const groups: string[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") groups.push(`\`${text}\``);
    text = "";
  };
  for (const part of parts) {
    if (part.kind === "body") {
      flush();
      groups.push("body");
    } else
      text += part.kind === "text" ? JSON.stringify(part.text).slice(1, -1) : `\${${nameIn(part)}}`;
  }
  flush();
  return groups;
}

function nameIn(part: Exclude<MessagePart, { kind: "text" | "body" }>): string {
  if (part.kind === "value") return part.name;
  if (part.kind === "fields") return "sortedFields";
  if (part.kind === "listed") return "listed";
  return part.kind === "secret" ? "SECRET" : part.kind;
}
