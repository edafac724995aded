import { widthOf } from "./width.ts";

/** A plain text in lines of so many columns, broken at spaces, each line indented. A word that is longer stays whole. */
export function wrap(text: string, columns: number, indent = 0): string[] {
  const room = Math.max(20, columns - indent);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && widthOf(longer) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines.map((one) => " ".repeat(indent) + one);
}
