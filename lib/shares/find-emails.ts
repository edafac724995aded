import type { Edit } from "./edits.ts";

/** RFC 5322's atext without what parts fields of a query or paths of a URL; bytes beyond ASCII are parts of letters. */
const LOCAL = /[\w.!#$*+^`~\-\x80-\xff']/;
const DOMAIN = /[a-z0-9.\-\x80-\xff]/i;
const LOCAL_MAX = 320;
const DOMAIN_MAX = 255;

/** E-mail addresses. From each @ outwards, so that no text takes long. */
export function findEmails(text: string): Edit[] {
  const edits: Edit[] = [];
  for (let mark = text.indexOf("@"); mark >= 0; mark = text.indexOf("@", mark + 1)) {
    let from = mark;
    while (from > 0 && mark - from < LOCAL_MAX && LOCAL.test(text[from - 1] ?? "")) from -= 1;
    while (text[from] === "'" || text[from] === ".") from += 1;
    let to = mark + 1;
    while (to < text.length && to - mark < DOMAIN_MAX && DOMAIN.test(text[to] ?? "")) to += 1;
    while (to > mark && /[.-]/.test(text[to - 1] ?? "")) to -= 1;
    const isAddress = from < mark && isDomain(text.slice(mark + 1, to));
    // That is no person's: `git@github.com:owner/name` is a repository.
    if (isAddress && text.slice(from, mark) !== "git") edits.push({ from, to, why: "email" });
  }
  return edits;
}

const isDomain = (text: string) =>
  /^[a-z0-9\x80-\xff].*\.(?:[a-z\x80-\xff]{2,}|xn--[a-z0-9-]+)$/i.test(text);
