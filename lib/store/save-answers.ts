import type pg from "pg";
import type { AnswerRecord } from "../capture/answer-log.ts";
import { bool, float4, int2, int4, int8, json, text, uuid } from "./binary-array.ts";
import { type Column, column, columnSql } from "./columns.ts";

const columns: Column<AnswerRecord>[] = [
  column("id", uuid, (record) => record.id),
  column("bin_id", text, (record) => record.binId),
  column("seq", int8, (record) => record.seq),
  column("outcome", text, (record) => record.answered.outcome),
  column("responded_ms", float4, (record) => record.answered.respondedMs),
  column("stored_ms", float4, (record) => record.storedMs),
  column("delay_cut", bool, (record) => record.answered.delayCut === true),
  column("response_status", int2, ({ response }) => response?.status ?? null),
  column("response_headers", json, ({ response }) => response && JSON.stringify(response.headers)),
  column("response_body_size", int4, ({ response }) => response?.bodySize ?? null),
];
const { names, arrays } = columnSql(columns, 1);

/** Records what became of answers. The same ids again change nothing: a try after a lost connection. */
export async function saveAnswers(
  client: pg.ClientBase,
  records: readonly AnswerRecord[],
): Promise<void> {
  await client.query({
    name: "save-answers",
    text: `INSERT INTO answers (${names}) SELECT * FROM unnest(${arrays}) ON CONFLICT (id) DO NOTHING`,
    values: columns.map((each) => each.encode(records)),
  });
}
