/** One piece of markup or the text between two: text from..to of the whole. */
export type XmlPiece = { from: number; to: number } & (
  | { kind: "text" | "other" }
  | { kind: "start"; name: string; empty: boolean }
  | { kind: "end"; name: string }
  | { kind: "fault"; message: string }
);

/** Comments, CDATA sections and processing instructions end at the first of these words (XML 1.0 2.5 to 2.7). */
const closers: [opener: string, closer: string, what: string][] = [
  ["<!--", "-->", "a comment"],
  ["<![CDATA[", "]]>", "a CDATA section"],
  ["<?", "?>", "a processing instruction"],
];

/** Reads the piece that begins at `from`. Only where it ends is looked for: no entity is resolved, no name is judged. */
export function xmlPiece(text: string, from: number): XmlPiece {
  if (text[from] !== "<") {
    const next = text.indexOf("<", from);
    return { kind: "text", from, to: next === -1 ? text.length : next };
  }
  for (const [opener, closer, what] of closers) {
    if (!text.startsWith(opener, from)) continue;
    const end = text.indexOf(closer, from + opener.length);
    if (end === -1) return fault(text.length, `The text ends within ${what}`);
    return { kind: "other", from, to: end + closer.length };
  }
  if (text.startsWith("<!", from)) return doctype(text, from);
  return tag(text, from);
}

function tag(text: string, from: number): XmlPiece {
  const isEnd = text[from + 1] === "/";
  const nameFrom = from + (isEnd ? 2 : 1);
  const name = nameAt(text, nameFrom);
  if (name === "") return fault(from, "A name must follow <");
  const end = tagEnd(text, nameFrom + name.length);
  if (end === -1) return fault(text.length, "The text ends within a tag");
  if (isEnd) return { kind: "end", from, to: end + 1, name };
  return { kind: "start", from, to: end + 1, name, empty: text[end - 1] === "/" };
}

const nameEnd = /[\s/>=<]/g;

function nameAt(text: string, from: number): string {
  nameEnd.lastIndex = from;
  const end = nameEnd.exec(text)?.index ?? text.length;
  return text.slice(from, end);
}

/** The > that ends a tag: one within quotes does not. */
function tagEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === ">") return at;
    if (char !== '"' && char !== "'") continue;
    at = text.indexOf(char, at + 1);
    if (at === -1) return -1;
  }
  return -1;
}

/** <!DOCTYPE ... [ ... ]>, whose internal subset is skipped as a whole. */
function doctype(text: string, from: number): XmlPiece {
  let depth = 0;
  for (let at = from + 2; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"' || char === "'") {
      at = text.indexOf(char, at + 1);
      if (at === -1) break;
    } else if (char === "[") depth += 1;
    else if (char === "]") depth -= 1;
    else if (char === ">" && depth <= 0) return { kind: "other", from, to: at + 1 };
  }
  return fault(text.length, "The text ends within a declaration");
}

const fault = (from: number, message: string): XmlPiece => ({
  kind: "fault",
  from,
  to: from,
  message,
});
