export type ContentType = {
  /** type/subtype in lower case; empty when there is none. */
  essence: string;
  /** Names in lower case; of a name given twice the first counts. */
  params: ReadonlyMap<string, string>;
};

/** Reads a Content-Type or Content-Disposition value (RFC 9110 5.6.6), forgiving what senders get wrong. */
export function parseContentType(value: string | null): ContentType {
  const [first = "", ...rest] = splitParams(value ?? "");
  const params = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf("=");
    const name = part.slice(0, equals).trim().toLowerCase();
    if (equals > 0 && !params.has(name)) params.set(name, unquote(part.slice(equals + 1).trim()));
  }
  return { essence: first.trim().toLowerCase(), params };
}

/** Splits at ; outside quotes. */
function splitParams(value: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at];
    if (char === "\\" && quoted) at += 1;
    else if (char === '"') quoted = !quoted;
    else if (char === ";" && !quoted) {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(value.slice(start));
  return parts;
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  const end = value.endsWith('"') && value.length > 1 ? value.length - 1 : value.length;
  return value.slice(1, end).replace(/\\(["\\])/g, "$1");
}
