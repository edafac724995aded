/** JSON that was put into a string: an object or an array with something in it. The text as it is, or null. */
export function readJsonText(value: string): string | null {
  const text = value.trim();
  if (!/^\{[^]*\}$|^\[[^]*\]$/.test(text)) return null;
  const parsed = parse(text);
  const isFilled = typeof parsed === "object" && parsed !== null && Object.keys(parsed).length > 0;
  return isFilled ? text : null;
}

/** What is within quotes and escapes: JSON that was encoded once too often. Null for all else. */
export function readQuotedJson(value: string): string | null {
  if (!/^"[^]+"$/.test(value)) return null;
  const parsed = parse(value);
  return typeof parsed === "string" && readJsonText(parsed) !== null ? parsed : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
