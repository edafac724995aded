export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * A body as it is sent: a text with its values put in; else JSON, where only texts within it are filled, so that no
 * value breaks out.
 */
export function fillJson(body: Json, fill: (text: string) => string): string {
  return typeof body === "string" ? fill(body) : jsonOf(body, fill);
}

/** A value as it stands in JSON, with values put into its texts. */
export const jsonOf = (value: Json, fill: (text: string) => string): string =>
  JSON.stringify(filled(value, fill));

function filled(value: Json, fill: (text: string) => string): Json {
  if (typeof value === "string") return fill(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => filled(item, fill));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, filled(item, fill)]),
  );
}
