// A process of many senders at once, so that their memory and their work are not the test runner's. Its one argument is
// a LargeSenders as JSON; its one line of output is a LargeSent[].
import { createHash } from "node:crypto";
import { HttpConnection, statusOf } from "./http-connection.ts";

export type LargeSenders = { port: number; binIds: string[]; senders: number; bytes: number };
export type LargeSent = { binId: string; status: number | string; sha256: string };

/** Senders come from as many of the loopback addresses as this. */
const ADDRESSES = 8;
const ANSWER_MS_MAX = 90_000;

const plan = JSON.parse(process.argv[2] ?? "") as LargeSenders;
const filler = Buffer.alloc(plan.bytes, "large body ");

async function send(index: number) {
  const binId = plan.binIds[index % plan.binIds.length] ?? "";
  const mark = Buffer.from(`sender ${index}\n`);
  const rest = filler.subarray(mark.byteLength);
  const connection = await HttpConnection.open(plan.port, `127.0.0.${1 + (index % ADDRESSES)}`);
  const head = `POST /in/${binId} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${plan.bytes}\r\n\r\n`;
  void connection.write(head);
  void connection.write(mark);
  void connection.write(rest);
  const status = statusOf(await connection.answer(ANSWER_MS_MAX));
  connection.close();
  return { binId, status, mark, rest };
}

const sent = await Promise.all(Array.from({ length: plan.senders }, (_, index) => send(index)));
// Hashed when all are answered: the work must not be the server's competitor.
const lines = sent.map(({ binId, status, mark, rest }): LargeSent => {
  const sha256 = createHash("sha256").update(mark).update(rest).digest("hex");
  return { binId, status, sha256 };
});
process.stdout.write(JSON.stringify(lines));
