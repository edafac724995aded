import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import {
  type Answer,
  HttpConnection,
  headerOf,
  postTo,
  Sender,
  statusOf,
} from "#tests/helpers/http-connection.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { type Bin, readBin } from "#tests/helpers/read-stored.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";

const MIB = 1024 * 1024;
/** Of the buffer, what one bin or one address may hold. */
const SHARE = MIB / 4;
const RATE = 20;

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createDatabase();
  const env = { CAPTURE_BUFFER_BYTES: String(MIB), CAPTURE_RATE: String(RATE) };
  server = await startServer({ databaseUrl: database.url, env });
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const mint = (): Promise<Bin> => mintAt(server.origin);
const codeOf = (answer: Answer): unknown =>
  typeof answer === "string" ? answer : JSON.parse(answer.body).code;
const headTo = (bin: Bin, bytes: number) =>
  `POST /in/${bin.id} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${bytes}\r\n\r\n`;

test("over its rate a bin answers 429 with Retry-After; another bin and the next second are free", async () => {
  const [fast, other] = await Promise.all([mint(), mint()]);
  const startedAt = performance.now();
  const answers: Answer[] = [];
  const isRefused = (answer: Answer) => statusOf(answer) === 429;
  // A busy machine needs longer to be too fast.
  const isOver = () => performance.now() - startedAt > 3_000 && answers.some(isRefused);
  const senders = Array.from({ length: 12 }, async () => {
    const sender = new Sender(server.port);
    while (!isOver()) {
      answers.push(await sender.send(postTo(fast.id, "r")));
      await sleep(10);
    }
    sender.close();
  });
  await Promise.all(senders);
  const answeredAt = performance.now();
  const taken = answers.filter((answer) => statusOf(answer) === 200);
  const refused = answers.filter(isRefused);
  expect(taken.length + refused.length).toBe(answers.length);
  const secondsTouched = Math.floor((answeredAt - startedAt) / 1000) + 2;
  expect(taken.length).toBeGreaterThanOrEqual(2 * RATE);
  expect(taken.length).toBeLessThanOrEqual(secondsTouched * RATE);
  expect(new Set(refused.map((answer) => headerOf(answer, "retry-after")))).toEqual(new Set(["1"]));
  expect(new Set(refused.map(codeOf))).toEqual(new Set(["rate_limited"]));
  const later = new Sender(server.port);
  expect(statusOf(await later.send(postTo(other.id, "r")))).toBe(200);
  await sleep(1_000);
  expect(statusOf(await later.send(postTo(fast.id, "r")))).toBe(200);
  expect(await readBin(server.origin, fast)).toHaveLength(taken.length + 1);
  later.close();
});

test("without room a sender waits five seconds for a 503, others go on, and nothing leaks", async () => {
  const [full, other] = await Promise.all([mint(), mint()]);
  const holder = await HttpConnection.open(server.port);
  void holder.write(headTo(full, SHARE - 20_000));
  await sleep(200);

  const refused = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const connection = await HttpConnection.open(server.port, "127.0.0.2");
      const startedAt = performance.now();
      const answer = await connection.request(postTo(full.id, "w".repeat(50_000)));
      connection.close();
      return { answer, ms: performance.now() - startedAt };
    }),
  );
  expect(new Set(refused.map(({ answer }) => statusOf(answer)))).toEqual(new Set([503]));
  expect(new Set(refused.map(({ answer }) => codeOf(answer)))).toEqual(new Set(["no_room"]));
  for (const { answer, ms } of refused) {
    expect(Number(headerOf(answer, "retry-after"))).toBeGreaterThan(0);
    expect(ms).toBeGreaterThan(4_900);
    expect(ms).toBeLessThan(20_000);
  }
  const beside = new Sender(server.port, "127.0.0.2");
  expect(statusOf(await beside.send(postTo(other.id, "b".repeat(50_000))))).toBe(200);
  beside.close();

  await holder.write("h".repeat(SHARE - 20_000));
  expect(statusOf(await holder.answer())).toBe(200);
  holder.close();
});

test("a body of undeclared size is refused where its room ends, and gives all of it back", async () => {
  const bin = await mint();
  const sender = await HttpConnection.open(server.port);
  const head = `POST /in/${bin.id} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const chunk = `${(64 * 1024).toString(16)}\r\n${"c".repeat(64 * 1024)}\r\n`;
  const startedAt = performance.now();
  const answer = await sender.request(head + chunk.repeat(6));
  expect([statusOf(answer), codeOf(answer)]).toEqual([503, "no_room"]);
  expect(performance.now() - startedAt).toBeGreaterThan(4_900);
  sender.close();
  await expectWholeShareFree(bin);
});

test("room taken by senders that hang up, one after the other, is all given back", async () => {
  const bins = await Promise.all(Array.from({ length: 4 }, mint));
  for (let round = 0; round < 40; round++) {
    const bin = bins[round % bins.length] as Bin;
    const connection = await HttpConnection.open(server.port);
    await connection.write(`${headTo(bin, SHARE - 10_000)}some`);
    await sleep(20);
    connection.close();
  }
  for (const bin of bins) await expectWholeShareFree(bin);
});

/** One request that needs nearly all that a bin and an address may hold: what waits for room in vain gets a 503. */
async function expectWholeShareFree(bin: Bin): Promise<void> {
  const sender = new Sender(server.port);
  expect(statusOf(await sender.send(postTo(bin.id, "a".repeat(SHARE - 10_000))))).toBe(200);
  sender.close();
}
