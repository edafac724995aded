import pg from "pg";
import { Prisma } from "#prisma/generated/client.ts";
import type { CapturedRequestModel } from "#prisma/generated/models/CapturedRequest.ts";
import { RELAY_BODY_BYTES_MAX } from "../contract/relay.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { toCapturedRequest } from "./to-request.ts";

/** A request on its way to a listener. `body` is null when it is empty, or so large that it is fetched. */
export type RelayRequest = {
  request: CapturedRequest;
  body: Buffer | null;
  /** Its sender may be waiting for the listener's answer. */
  isWaitedFor: boolean;
};

const ROWS_MAX = 200;
const INT8 = 20;

/** Times and seqs are BigInt in a row, as Prisma has them. */
const types = {
  getTypeParser: (oid: number, format?: "text"): unknown =>
    oid === INT8 ? BigInt : pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig;

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const columns = Object.values(Prisma.CapturedRequestScalarFieldEnum)
  .map((name) => `requests.${snake(name)} AS "${name}"`)
  .join(", ");

/**
 * Written by hand, because a page is bounded by its bytes, which only the database can add up before it reads them. What
 * is cleared is as good as deleted.
 */
const sql = `
WITH ahead AS MATERIALIZED (
  SELECT id, seq, octet_length(headers::text) + octet_length(target)
    + CASE WHEN body_size <= ${RELAY_BODY_BYTES_MAX} THEN body_size ELSE 0 END AS weight
  FROM requests
  WHERE bin_id = $1 AND seq > GREATEST($2::int8, (SELECT cleared_through FROM bins WHERE id = $1))
  ORDER BY seq LIMIT ${ROWS_MAX}
), fitting AS (
  SELECT id FROM (SELECT id, sum(weight) OVER (ORDER BY seq) - weight AS before FROM ahead) AS added
  WHERE before < $3
)
SELECT ${columns},
  (SELECT listener_wait_ms FROM bins WHERE id = $1) > 0 AS "isWaitedFor"
FROM requests JOIN fitting USING (id) ORDER BY seq`;

/**
 * The next requests of a bin above a seq, ascending: at most 200, of about so many bytes, and at least one if there is one.
 * What became of their answers is left out (`answered` and `timing.storedMs` are null).
 */
export async function readRelayPage(
  client: pg.ClientBase,
  binId: string,
  after: number,
  bytes: number,
): Promise<RelayRequest[]> {
  const { rows } = await client.query<CapturedRequestModel & { isWaitedFor: boolean }>({
    name: "relay-page",
    text: sql,
    values: [binId, after, bytes],
    types,
  });
  return rows.map((row) => ({
    request: toCapturedRequest(row),
    body: row.body && Buffer.from(row.body),
    isWaitedFor: row.isWaitedFor,
  }));
}
