import { type Bytes, utf8 } from "./bytes.ts";

/** The form with another value of a field, everything else as it was written. Null when it has no such field. */
export function setFormValue(body: Uint8Array, name: string, value: string): Bytes | null {
  const fields = new TextDecoder().decode(body).split("&");
  const isNamed = (field: string) => new URLSearchParams(field).has(name);
  if (!fields.some(isNamed)) return null;
  const set = fields.map((field) => (isNamed(field) ? assign(field, value) : field));
  return utf8(set.join("&"));
}

const assign = (field: string, value: string): string =>
  `${field.split("=", 1)[0]}=${encodeURIComponent(value)}`;
