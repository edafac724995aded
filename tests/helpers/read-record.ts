import pg from "pg";
import type { Bin } from "./read-stored.ts";

/** Of each stored request, what is on record of its way to localhost. */
export async function readRecord(databaseUrl: string, bin: Bin) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ target: string; state: string | null; error: string }>(
      `SELECT substr(target, 2) AS target, state, (
         SELECT coalesce(error_code || ': ' || error_message, 'status ' || status)
         FROM attempts WHERE forward_id = forwards.id ORDER BY id DESC LIMIT 1) AS error
       FROM requests LEFT JOIN (SELECT id, request_id, state FROM forwards) AS forwards
         ON forwards.request_id = requests.id
       WHERE requests.bin_id = $1 ORDER BY seq`,
      [bin.id],
    );
    return {
      unrecorded: rows.filter(({ state }) => state === null).map(({ target }) => target),
      undelivered: rows
        .filter(({ state }) => state !== null && state !== "delivered")
        .map(({ target, state, error }) => `${target} ${state} (${error})`),
    };
  } finally {
    await client.end();
  }
}
