import pg from "pg";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { type Delivery, sha256 } from "./load.ts";

export type Bin = Pick<BinMinted, "id" | "key">;

export type Comparison = {
  stored: number;
  /** Acknowledged and not there. */
  lost: string[];
  /** There more than once. */
  doubled: string[];
  /** There, but with other bytes, or in another bin. */
  changed: string[];
  /** Bins whose seqs are not 1, 2, 3 ... */
  seqFaults: string[];
  /** Allowed: the sender got no 2xx, and a careful one would send it again. */
  unacknowledgedStored: number;
  /** Allowed: cut off in the middle and kept as far as it came; never acknowledged. */
  incomplete: number;
};

/** Bodies of each bin that are also read through the API. */
const SAMPLE = 50;

/** All of a bin's requests, oldest first, read as any client does: page by page. */
export async function readBin(origin: string, bin: Bin): Promise<RequestSummary[]> {
  const client = createApiClient({ origin, key: bin.key });
  const items: RequestSummary[] = [];
  let cursor: string | null = null;
  do {
    const page = await client.requests(bin.id, { limit: 200, cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items.reverse();
}

/**
 * Holds what the API lists against what was sent. The bytes: of every request as Postgres hashes them where they lie,
 * of a sample as the API hands them out (one by one, all of them would take longer than the load itself).
 */
export async function compareWithStored(
  { origin, databaseUrl }: { origin: string; databaseUrl: string },
  bins: readonly Bin[],
  deliveries: ReadonlyMap<string, Delivery>,
): Promise<Comparison> {
  const seen = new Map<string, number>();
  const changed = new Set<string>();
  const result = { stored: 0, unacknowledgedStored: 0, incomplete: 0 };
  const seqFaults: string[] = [];
  const hashes = await hashStored(databaseUrl);
  for (const bin of bins) {
    const items = await readBin(origin, bin);
    result.stored += items.length;
    if (items.some((item, index) => item.seq !== index + 1)) seqFaults.push(bin.id);
    for (const item of items) {
      const id = idOf(item);
      const delivery = deliveries.get(id);
      seen.set(id, (seen.get(id) ?? 0) + 1);
      if (!delivery?.acknowledged) result.unacknowledgedStored++;
      if (item.bodyIncomplete && !delivery?.acknowledged) result.incomplete++;
      else if (delivery?.binId !== bin.id || delivery.sha256 !== hashes.get(item.id))
        changed.add(id);
    }
    for (const id of await changedInApi(origin, bin, items, deliveries)) changed.add(id);
  }
  const times = (id: string) => seen.get(id) ?? 0;
  const sent = [...deliveries];
  return {
    ...result,
    lost: sent
      .filter(([id, { acknowledged }]) => acknowledged && times(id) === 0)
      .map(([id]) => id),
    doubled: sent.filter(([id]) => times(id) > 1).map(([id]) => id),
    changed: [...changed],
    seqFaults,
  };
}

const idOf = (item: RequestSummary) => item.target.slice(1);

/** The SHA-256 of every stored body by the request's id; a body that should lie apart and does not is hashed as none. */
export async function hashStored(databaseUrl: string): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; hash: string }>(
      `SELECT request.id, encode(sha256(coalesce(body.bytes, request.body, '')), 'hex') AS hash
       FROM requests AS request LEFT JOIN bodies AS body ON body.id = request.id`,
    );
    return new Map(rows.map(({ id, hash }) => [id, hash]));
  } finally {
    await client.end();
  }
}

async function changedInApi(
  origin: string,
  bin: Bin,
  items: readonly RequestSummary[],
  deliveries: ReadonlyMap<string, Delivery>,
): Promise<string[]> {
  const client = createApiClient({ origin, key: bin.key });
  const changed: string[] = [];
  const step = Math.max(1, Math.floor(items.length / SAMPLE));
  for (let index = 0; index < items.length; index += step) {
    const item = items[index];
    if (!item || item.bodyIncomplete) continue;
    const bytes = Buffer.from(await client.body(bin.id, item.id));
    if (deliveries.get(idOf(item))?.sha256 !== sha256(bytes)) changed.push(idOf(item));
  }
  return changed;
}
