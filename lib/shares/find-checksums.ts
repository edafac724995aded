import type { Edit } from "./edits.ts";

/** Headers by which a guess of what is hidden in a body or a target could be checked. */
const HEADER =
  /digest|md5|sha-?\d|hash|hmac|signature|checksum|(?:^|-)sig(?:-|$)|etag|^authorization$/i;
const NAMED =
  /(?<![\w-])["']?[\w.-]{0,40}?(?:signature\d?|sig|hmac|digest|checksum|md5|sha-?(?:1|256|384|512)|hash)["']?\]?\s{0,4}[:=]\s{0,4}["']?([^\s"'&,;<>{}()[\]\\]{8,})/gi;
const ELEMENTS =
  /<[\w:.-]{0,40}(?:signature|digest|checksum|hash)[\w]{0,10}(?:\s[^<>]{0,200})?>([^<]+)</gi;

export const isChecksumHeader = (name: string): boolean => HEADER.test(name);

/** Hashes and signatures by their names, in a query, a form, JSON or XML. */
export function findChecksums(text: string): Edit[] {
  return [NAMED, ELEMENTS].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: all, 1: value = "", index }): Edit => {
      const from = index + all.lastIndexOf(value);
      return { from, to: from + value.length, why: "checksum" };
    }),
  );
}
