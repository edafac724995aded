import { rolldown } from "rolldown";
import { corsHeaders } from "#components/browser/cors-snippets.ts";
import type { Change } from "#lib/contract/forwards.ts";
import { type OddRequest, oddRequests } from "#tests/fixtures/odd-requests.ts";
import { expect, test } from "#tests/helpers/browser.ts";
import type { Delivered } from "#tests/helpers/deliver-in-page.ts";
import { exchange, finalAnswer } from "#tests/helpers/exchange.ts";
import { browserCell, cellsOf, firstSentence } from "#tests/helpers/fidelity-matrix.ts";
import { parseMessage, sha256 } from "#tests/helpers/odd-sent.ts";
import { type RawSink, startRawSink } from "#tests/helpers/raw-sink.ts";
import { newBin, openRequest, type WatchedBin } from "#tests/helpers/request-page.ts";

const OWN = "(the browser’s own)";

/** The page's own code, as one script. */
async function bundle(): Promise<string> {
  const made = await rolldown({ input: "tests/helpers/deliver-in-page.ts", platform: "browser" });
  const { output } = await made.generate({ format: "iife", name: "inPage" });
  return output[0].code;
}

async function capture(port: number, odd: OddRequest): Promise<string> {
  const answer = finalAnswer(await exchange(port, odd.pieces, odd.hangUp));
  return /^Hooklens-Request-Id: (\S+)/m.exec(answer)?.[1] ?? "";
}

/** By the ids of their forwards. */
async function takeAll(sink: RawSink, count: number) {
  const messages = new Map<string, ReturnType<typeof parseMessage>>();
  for (let taken = 0; taken < count; taken += 1) {
    const message = parseMessage(await sink.next());
    const [, id = ""] = message.headers.find(([name]) => name === "Hooklens-Forward-Id") ?? [];
    messages.set(id, message);
  }
  return messages;
}

/** Whatever differs is told, and what is told is so. */
function expectTold(odd: OddRequest, received: [string, string][], changes: readonly Change[]) {
  const has = (name: string, value: string) =>
    received.some(([given, has]) => given === name && has === value);
  const toldOf = (name: string, ...kinds: Change["kind"][]) =>
    changes.filter(
      (change) =>
        change.name.toLowerCase() === name.toLowerCase() &&
        (kinds.length === 0 || kinds.includes(change.kind)),
    );
  for (const [name, value] of odd.headers) {
    const isKept = has(name, value) || (value === "" && received.some(([given]) => given === name));
    expect(isKept || toldOf(name, "changed", "dropped").length > 0, `${name}: ${value}`).toBe(true);
  }
  const captured = new Set(odd.headers.map((pair) => pair.join(": ")));
  for (const [name, value] of received) {
    if (captured.has(`${name}: ${value}`) || /^sec-(fetch|ch)-/i.test(name)) continue;
    const told = toldOf(name, "changed", "added").map((change) => change.value);
    expect(told.includes(value) || told.includes(OWN), `${name}: ${value}`).toBe(true);
  }
  const named = changes.filter(({ name }) => /^[^(]/.test(name) && !name.startsWith("Sec-Fetch-*"));
  for (const { kind, name, value } of named) {
    const mine = received.filter(([given]) => given.toLowerCase() === name.toLowerCase());
    const isSo =
      kind === "dropped"
        ? mine.every(([, has]) => has !== value) || toldOf(name, "changed").length > 0
        : mine.some(([, has]) => has === value || value === OWN);
    expect(isSo, `${kind} ${name}: ${value}`).toBe(true);
  }
}

function expectArrived(
  odd: OddRequest,
  result: Delivered | undefined,
  messages: Awaited<ReturnType<typeof takeAll>>,
) {
  const cell = cellsOf(odd).browser;
  if (!result || "refused" in result) {
    const why = result?.code === "body_incomplete" ? "not captured whole" : result?.refused;
    return expect(`refused: ${firstSentence(why ?? "")}`).toBe(cell);
  }
  const [attempt] = result.forward.attempts;
  const changes = attempt?.changes ?? [];
  expect(attempt).toMatchObject({ status: 200, error: null, bodySha256Sent: sha256(odd.body) });
  expect(browserCell(changes)).toBe(cell);
  const message = messages.get(result.forward.id);
  const url = new URL(attempt?.url ?? "");
  expect(message?.line).toBe(`${odd.method} ${url.href.slice(url.origin.length)} HTTP/1.1`);
  const isSamePath = url.href.endsWith(`/hook${odd.target}`);
  expect(changes.some(({ name }) => name === "(path)")).toBe(!isSamePath);
  expect(sha256(message?.rest ?? Buffer.alloc(0))).toBe(sha256(odd.body));
  expectTold(odd, message?.headers ?? [], changes);
}

test("every odd request arrives from a page as it was captured, or otherwise as its forward says, or is refused", async ({
  page,
  server,
}) => {
  const bin: WatchedBin = await newBin(server.origin);
  // What breaks off is refused by the same line as what is cut, and takes its time to be captured.
  const odds = oddRequests(bin.id).filter(({ status, hangUp }) => status !== 408 && !hangUp);
  const requests = await Promise.all(
    odds.map(async (odd) => ({ id: await capture(server.port, odd), bodySize: odd.body.length })),
  );
  const sink = await startRawSink({ headers: corsHeaders(`http://localhost:${server.port}`) });
  await openRequest(page, bin, requests[0]?.id ?? "");
  const asked = { binId: bin.id, key: bin.key, to: `${sink.origin}/hook`, requests };
  const results = await page.evaluate<Delivered[]>(
    `(async () => { ${await bundle()}; return inPage.deliverAll(${JSON.stringify(asked)}); })()`,
  );
  const messages = await takeAll(sink, results.filter((result) => "forward" in result).length);
  for (const [index, odd] of odds.entries()) {
    await test.step(odd.name, () => expectArrived(odd, results[index], messages));
  }
  expect(messages.size).toBeGreaterThan(90);
  await sink.close();
});
