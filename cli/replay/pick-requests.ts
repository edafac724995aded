import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { BinAccess } from "../bin-access.ts";
import { CliError, Exit, usageError } from "../exit.ts";
import { findRequest, namesRequest, searchRequests } from "../find-request.ts";

export type Picked = {
  ids: string[];
  /** A filter found more than were wanted. */
  isCut: boolean;
};

const RANGE = /^#?(\d{1,15})\.\.#?(\d{1,15})$/;

/** The requests that the words mean, in the order in which they came. @throws CliError usage, notFound; ApiError */
export async function pickRequests(
  words: readonly string[],
  limit: number,
  access: BinAccess,
): Promise<Picked> {
  const named = words.filter((word) => namesRequest(word) || RANGE.test(word));
  if (named.length === 0) return search(words.join(" "), limit, access);
  const other = words.find((word) => !named.includes(word));
  if (other !== undefined) {
    throw usageError(
      `"${other}" names no request, and a filter stands alone: either numbers and ids, or a filter.`,
    );
  }
  const found: { id: string; seq: number }[] = [];
  for (const word of named) {
    const range = RANGE.exec(word);
    if (range) found.push(...(await readRange(Number(range[1]), Number(range[2]), access)));
    else found.push(await findRequest(word, access));
  }
  const bySeq = new Map(found.sort((a, b) => a.seq - b.seq).map(({ seq, id }) => [seq, id]));
  return { ids: [...bySeq.values()], isCut: false };
}

async function search(q: string, limit: number, access: BinAccess): Promise<Picked> {
  const ids: string[] = [];
  for await (const { id } of searchRequests(access, { q, max: limit + 1 })) ids.push(id);
  if (ids.length === 0) throw new CliError(Exit.notFound, `No request matches ${q}.`);
  return { ids: ids.slice(0, limit).reverse(), isCut: ids.length > limit };
}

async function readRange(from: number, through: number, access: BinAccess) {
  const found: Pick<CapturedRequest, "id" | "seq">[] = [];
  const all = searchRequests(access, { max: Number.POSITIVE_INFINITY, above: from - 1, through });
  for await (const request of all) found.push(request);
  if (found.length === 0)
    throw new CliError(Exit.notFound, `There is no request from #${from} to #${through}.`);
  return found;
}
