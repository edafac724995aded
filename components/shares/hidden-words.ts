import { formatCount } from "#components/ui/format.ts";
import type { HiddenMark, HiddenWhy } from "#lib/contract/hidden.ts";

const counted: Partial<Record<HiddenWhy, [one: string, several: string]>> = {
  card: ["card number", "card numbers"],
  token: ["token", "tokens"],
  email: ["e-mail address", "e-mail addresses"],
  value: ["value", "values"],
};

/** `2 e-mail addresses, 1 token, header X-Internal, the bin's address`. */
export function hiddenInWords(marks: readonly HiddenMark[]): string {
  const words: string[] = [];
  for (const [why, [one, several]] of Object.entries(counted)) {
    const count = countOf(marks, why as HiddenWhy);
    if (count > 0) words.push(`${formatCount(count)} ${count === 1 ? one : several}`);
  }
  const names = new Set(
    marks.filter(({ why }) => why === "header").flatMap(({ name }) => name ?? []),
  );
  if (names.size > 0)
    words.push(`${names.size === 1 ? "header" : "headers"} ${[...names].join(", ")}`);
  if (countOf(marks, "bin") > 0) words.push("the bin’s address");
  if (isBodyWithheld(marks)) words.push("the body, which can’t be looked into");
  else if (countOf(marks, "unreadable") > 0) words.push("what can’t be looked into");
  if (countOf(marks, "checksum") > 0)
    words.push("signatures and hashes, by which the rest could be guessed");
  if (countOf(marks, "size") > 0) words.push("the sizes before that");
  return words.join(", ");
}

const countOf = (marks: readonly HiddenMark[], wanted: HiddenWhy): number =>
  marks.filter(({ why }) => why === wanted).reduce((sum, { count }) => sum + count, 0);

const isBodyWithheld = (marks: readonly HiddenMark[]) =>
  marks.some(({ where, why }) => where === "body" && why === "unreadable");
