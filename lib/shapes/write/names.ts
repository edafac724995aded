/** A type's name from the words of an event: `stripe`, `charge.succeeded` becomes `StripeChargeSucceeded`. */
export function typeName(...words: readonly string[]): string {
  const name = words
    .flatMap((word) => word.match(/[A-Za-z0-9]+/g) ?? [])
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")
    .slice(0, 80);
  return /^[A-Z]/.test(name) ? name : `Event${name}`;
}

/** A text within quotes, safe in any source: what can't be seen, or turns the reading direction, is escaped. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}${lowSurrogate(char)}`,
  );
}

const lowSurrogate = (char: string) =>
  char.length > 1 ? `\\u${char.charCodeAt(1).toString(16).padStart(4, "0")}` : "";

export const memberName = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key));

/** Every object has a member of this name, and it is no value: a checker would find that where the field is not. */
export const isInherited = (key: string) => key in Object.prototype;

/** Words of somebody else within a comment: they can't end it. */
export const commentText = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, " ")
    .replaceAll("*/", "* /")
    .slice(0, 200);
