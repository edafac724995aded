import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import type { BinAccess } from "./bin-access.ts";
import { CliError, Exit } from "./exit.ts";

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SEQ = /^#?(\d{1,15})$/;

/** Whether a word names one request: `42`, `#42`, an id, `last`. */
export const namesRequest = (word: string) => word === "last" || ID.test(word) || SEQ.test(word);

/** The request that a word names, whole. @throws CliError notFound; ApiError */
export async function findRequest(
  word: string,
  { client, bin }: BinAccess,
): Promise<CapturedRequest> {
  if (ID.test(word)) return client.request(bin, word);
  return client.request(bin, await findId(word, { client, bin }));
}

async function findId(
  word: string,
  { client, bin }: Pick<BinAccess, "client" | "bin">,
): Promise<string> {
  const seq = Number(SEQ.exec(word)?.[1]);
  if (word === "last") {
    const [newest] = (await client.requests(bin, { limit: 1 })).items;
    if (newest) return newest.id;
    throw new CliError(Exit.notFound, "The bin is empty.");
  }
  // A list's cursor is the seq that its page begins below.
  const [found] = (await client.requests(bin, { limit: 1, cursor: String(seq + 1) })).items;
  if (found?.seq === seq) return found.id;
  throw new CliError(
    Exit.notFound,
    `There is no request #${seq}: it was removed, or has not come yet.`,
  );
}

const PAGE = 200;

/** Those that match, newest first, until `max` or the end. @throws ApiError */
export async function* searchRequests(
  { client, bin }: BinAccess,
  {
    q,
    max,
    above = 0,
    through,
  }: { q?: string | undefined; max: number; above?: number; through?: number },
): AsyncGenerator<RequestSummary> {
  let cursor = through === undefined ? null : String(through + 1);
  let left = max;
  do {
    const limit = Math.min(PAGE, left);
    const page = await client.requests(bin, { limit, cursor, ...(q ? { q } : {}) });
    for (const item of page.items) {
      if (item.seq <= above) return;
      yield item;
      left -= 1;
    }
    cursor = page.next;
  } while (cursor !== null && left > 0);
}
