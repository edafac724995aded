import { type Bytes, utf8 } from "./bytes.ts";

/** The form with another value of a field, everything else as it was written. Null when it has no such field. */
export function setFormValue(body: Uint8Array, name: string, value: string): Bytes | null {
  const fields = new TextDecoder().decode(body).split("&");
  if (!fields.some((field) => isNamed(field, name))) return null;
  const set = fields.map((field) => (isNamed(field, name) ? assign(field, value) : field));
  return utf8(set.join("&"));
}

function isNamed(field: string, name: string): boolean {
  const [written = ""] = field.split("=", 1);
  // Each character may be written as one escape, or in UTF-8 as several; most fields need no decoding.
  const isEscaped = written.length <= 12 * name.length && /[%+]/.test(written);
  return written === name || (isEscaped && new URLSearchParams(field).has(name));
}

const assign = (field: string, value: string): string =>
  `${field.split("=", 1)[0]}=${encodeURIComponent(value)}`;
