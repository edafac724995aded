/** What recognising the sender, and checking its signature, cost a capture: the same load with and without, by turns. */
import { createHmac } from "node:crypto";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { HeaderPair } from "#lib/contract/headers.ts";
import type { BinMinted } from "#lib/contract/bins.ts";
import { processCpuUs } from "./cpu.ts";
import type { Load, LoadResult } from "./load.ts";
import { runScript, startHooklens } from "./processes.ts";
import { median, printLoad, printTable } from "./table.ts";

type Sent = { name: string; headers: HeaderPair[]; body: string };
type Hooklens = Awaited<ReturnType<typeof startHooklens>>;
type Result = { perSecond: number; nodeUs: number };

const CONNECTIONS = 64;
const STRIPE_SECRET = "whsec_bench";
/** What comes in the first seconds after a secret was added is judged twice. */
const SETTLED_MS = 20_000;
const SWITCH_MS = 200;
const sides = ["without", "recognised", "and checked"] as const;
type Side = (typeof sides)[number];

export async function benchRecognition(rounds: number, seconds: number): Promise<void> {
  // One process: two of the same code differ by more than is to be measured.
  const hooklens = await startHooklens([path.join(import.meta.dirname, "recognition-switch.ts")]);
  try {
    const bins = { plain: await hooklens.mint(), checked: await hooklens.mint() };
    await addSecret(hooklens.port, bins.checked);
    await sleep(SETTLED_MS);
    const results = new Map(sent.map((each) => [each, sides.map((): Result[] => [])]));
    for (let round = 0; round <= rounds; round++) {
      for (const each of sent) {
        for (const side of turned(sides, round)) {
          const { id } = side === "and checked" ? bins.checked : bins.plain;
          const result = await asSide(hooklens, side, () => play(hooklens, each, id, seconds));
          // The first round warms up.
          if (round > 0) results.get(each)?.[sides.indexOf(side)]?.push(result);
        }
      }
      console.error(round === 0 ? "warmed up" : `round ${round} of ${rounds}`);
    }
    print(results);
  } finally {
    await hooklens.stop();
  }
}

async function asSide(hooklens: Hooklens, side: Side, run: () => Promise<Result>): Promise<Result> {
  if (side !== "without") return run();
  await turn(hooklens);
  const result = await run();
  await turn(hooklens);
  return result;
}

async function turn({ pid }: Hooklens): Promise<void> {
  process.kill(pid, "SIGUSR2");
  await sleep(SWITCH_MS);
}

/** Who goes first changes, since what else the machine does changes within a round. */
const turned = <Each>(all: readonly Each[], by: number): Each[] => [
  ...all.slice(by % all.length),
  ...all.slice(0, by % all.length),
];

async function play(
  hooklens: Hooklens,
  { headers, body }: Sent,
  binId: string,
  seconds: number,
): Promise<Result> {
  const load: Load = {
    port: hooklens.port,
    path: `/in/${binId}`,
    bodyBytes: Buffer.byteLength(body),
    sent: { headers, body },
    connections: CONNECTIONS,
    seconds,
  };
  const before = processCpuUs(hooklens.pid);
  const result = await runScript<LoadResult>("load-generator.ts", load);
  if (result.refused > 0) throw new Error(`${result.refused} were refused.`);
  return {
    perSecond: result.perSecond,
    nodeUs: (processCpuUs(hooklens.pid) - before) / result.requests,
  };
}

async function addSecret(port: number, bin: BinMinted): Promise<void> {
  const answer = await fetch(`http://localhost:${port}/api/bins/${bin.id}/secrets`, {
    method: "POST",
    headers: { Authorization: `Bearer ${bin.key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ provider: "stripe", secret: STRIPE_SECRET, label: "bench" }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
}

function print(results: Map<Sent, Result[][]>): void {
  printLoad();
  printTable(
    [
      "recognition, medians",
      ...sides.map((side) => `${side}/s`),
      ...sides.slice(1).map((side) => `${side} of without`),
      ...sides.map((side) => `${side}, Node us`),
    ],
    [...results].map(([{ name }, bySide]) => [
      name,
      ...bySide.map((rounds) => median(rounds.map(({ perSecond }) => perSecond)).toFixed(0)),
      ...bySide.slice(1).map((rounds) => ratio(rounds, bySide[0] ?? []).toFixed(3)),
      ...bySide.map((rounds) => median(rounds.map(({ nodeUs }) => nodeUs)).toFixed(0)),
    ]),
  );
}

/** Each round against its own reference, so that what else the machine does in it falls out. */
const ratio = (rounds: Result[], reference: Result[]) =>
  median(rounds.map(({ perSecond }, at) => perSecond / (reference[at]?.perSecond ?? Number.NaN)));

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `li_${index}`,
    amount: 100 * index,
    currency: "eur",
  }));
const stripeBody = JSON.stringify({
  id: "evt_1P2x9ZLkdIwHu7ixp",
  object: "event",
  created: 1_714_000_000,
  data: { object: { id: "pi_1", object: "payment_intent", lines: lines(30) } },
  livemode: false,
  type: "payment_intent.succeeded",
});
const now = Math.floor(Date.now() / 1000);
const signature = createHmac("sha256", STRIPE_SECRET).update(`${now}.${stripeBody}`).digest("hex");

const sent: Sent[] = [
  {
    name: `Stripe, ${stripeBody.length} B`,
    headers: [
      ["User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"],
      ["Content-Type", "application/json; charset=utf-8"],
      ["Stripe-Signature", `t=${now},v1=${signature}`],
    ],
    body: stripeBody,
  },
  {
    name: "nobody's JSON, 20 KB",
    headers: [
      ["User-Agent", "Bench/1.0"],
      ["Content-Type", "application/json"],
    ],
    body: JSON.stringify({ kind: "order", lines: lines(400) }),
  },
  {
    name: "nobody's text, 1 KB",
    headers: [
      ["User-Agent", "Bench/1.0"],
      ["Content-Type", "text/plain"],
    ],
    body: "x".repeat(1_000),
  },
];
