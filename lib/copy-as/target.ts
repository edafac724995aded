/** Dot segments, which clients resolve (RFC 3986 5.2.4). */
export const DOT_SEGMENT = /\/\.\.?(?:[/?]|$)/;

/** What urllib3 leaves as it is: no character to encode, whole escapes in capitals, a query that is not empty. */
const KEPT =
  /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})*(?:\?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-F]{2})+)?$/;
/** Escapes of letters, digits and `-._~`, which requests undoes. */
const NEEDLESS_ESCAPE = /%(?:2D|2E|3[0-9]|4[1-9A-F]|5[0-9A]|5F|6[1-9A-F]|7[0-9A]|7E)/;

/** Whether requests, or what is built on it, would write the target its own way; dot segments apart. */
export const isRewritten = (target: string): boolean =>
  !KEPT.test(target) || NEEDLESS_ESCAPE.test(target);

export const rewriteNote = (form: string): string =>
  `${form} writes the path or query its own way: it encodes or drops parts.`;

/** `/a/../b` would be sent as `/b`. */
export const dotsNote = (form: string): string =>
  `${form} resolves the dots in the path, so that it goes to another one.`;
