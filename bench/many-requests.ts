import type pg from "pg";

/** Requests that one statement makes. */
const CHUNK = 100_000;

/**
 * Fills `requests` with events of payments, interleaved as they would have come: request n is the (n / bins)th of bin
 * n % bins. Made by Postgres itself, without a log and with the indexes made at the end: some 60,000 a second.
 */
export async function makeMany(client: pg.ClientBase, bins: number, requests: number) {
  await client.query("SET synchronous_commit = off; SET maintenance_work_mem = '256MB'");
  await client.query("ALTER TABLE requests SET UNLOGGED; ALTER TABLE search_blocks SET UNLOGGED");
  const { rows: indexes } = await client.query<{ name: string; sql: string }>(
    `SELECT indexname AS name, indexdef AS sql FROM pg_indexes
     WHERE tablename = 'requests' AND indexname <> 'requests_pkey'`,
  );
  for (const { name } of indexes) await client.query(`DROP INDEX "${name}"`);
  await makeBins(client, bins, requests);
  const startedAt = performance.now();
  for (let from = 0; from < requests; from += CHUNK) {
    await client.query(CHUNK_SQL, [from, Math.min(from + CHUNK, requests), bins]);
    tell(startedAt, Math.min(from + CHUNK, requests), requests);
  }
  for (const { name, sql } of indexes) {
    await client.query(sql);
    console.log(`  ${name}, at ${seconds(startedAt)} s`);
  }
  await client.query("VACUUM ANALYZE requests");
  console.log(`  analyzed, at ${seconds(startedAt)} s`);
}

export const binName = (place: number) => `bin${String(place).padStart(17, "0")}`;

async function makeBins(client: pg.ClientBase, bins: number, requests: number) {
  await client.query(
    `WITH made AS (
       INSERT INTO bins (id) SELECT 'bin' || lpad(n::text, 17, '0') FROM generate_series(0, $1::int - 1) AS n RETURNING id
     ) INSERT INTO bin_heads (bin_id, last_seq) SELECT id, $2 FROM made`,
    [bins, Math.ceil(requests / bins)],
  );
}

/** Numbers that look random and are the same in each run: hashes of the request's place. */
const random = (salt: number, below: number) =>
  `((hashint8extended(n, ${salt}) & 9007199254740991) % ${below})`;
const oneOf = (salt: number, words: string[]) =>
  `(ARRAY['${words.join("', '")}'])[1 + ${random(salt, words.length)}]`;

const EVENTS = ["charge.succeeded", "charge.failed", "invoice.paid", "customer.updated"];
const WORDS = "amber brass cedar delta ember fjord gamma harbor iris jade".split(" ");

const BODY = `convert_to(format(
  '{"id":"evt_%s","object":"event","type":"%s","created":%s,"data":{"object":{"id":"ch_%s","amount":%s,"currency":"%s","paid":%s,"customer":{"email":"%s.%s@example.com"},"place":%s}}}',
  n, event, 1795000000 + n, n, ${random(1, 100_000)}, CASE WHEN ${random(2, 10)} = 0 THEN 'eur' ELSE 'usd' END,
  CASE WHEN ${random(3, 5)} = 0 THEN 'false' ELSE 'true' END, ${oneOf(4, WORDS)}, ${oneOf(5, WORDS)}, n / $3::bigint
), 'UTF8')`;

const CHUNK_SQL = `
  INSERT INTO requests (id, bin_id, seq, received_at_us, method, target, target_prefix, origin, http_version, headers,
    content_type, body, body_size, body_truncated, body_incomplete, body_sha256, remote_address, cookie_redacted,
    provider_id, event, delivery_id, event_id, mode, response_status, response_body_size, body_ms)
  SELECT overlay(overlay(lpad(to_hex(n), 12, '0') || substr(md5(n::text), 1, 20) PLACING '7' FROM 13) PLACING '8' FROM 17)::uuid,
    bin_id, n / $3::bigint + 1, (extract(epoch FROM now()) * 1e6)::bigint - 1000 * (10000000 - n), 'POST',
    '/webhooks/' || (n / $3::bigint) % 7 || '?attempt=' || (n / $3::bigint) % 3, '/in/' || bin_id, 'http://localhost:3000', '1.1',
    json_build_array(json_build_array('User-Agent', 'Stripe/1.0'), json_build_array('X-Kind', ${oneOf(6, WORDS)})),
    'application/json', body, length(body), false, false, sha256(body), '203.0.113.' || ${random(7, 200)}, false,
    'stripe', event, 'evt_' || n, 'evt_' || n, 'live', CASE WHEN ${random(8, 50)} = 0 THEN 500 ELSE 200 END, 0, 0.1
  FROM (
    SELECT n, bin_id, event, ${BODY} AS body FROM (
      SELECT n, 'bin' || lpad((n % $3::bigint)::text, 17, '0') AS bin_id, ${oneOf(9, EVENTS)} AS event
      FROM generate_series($1::bigint, $2::bigint - 1) AS n
    ) AS placed
  ) AS made`;

let toldAt = 0;
/** Every five seconds. */
function tell(startedAt: number, done: number, all: number): void {
  if (performance.now() - toldAt < 5_000 && done < all) return;
  toldAt = performance.now();
  const rate = Math.round(done / ((toldAt - startedAt) / 1000));
  console.log(
    `  ${done.toLocaleString("en")} of ${all.toLocaleString("en")}, ${rate.toLocaleString("en")} a second`,
  );
}

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(0);
