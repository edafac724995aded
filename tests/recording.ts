/**
 * `npm run recording`: a real `hooklens listen` in front of a small handler, frozen for a while in which requests come; what
 * it printed goes into docs/cli.md in the place of the last recording.
 */
import { readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { endClis, startCli } from "#tests/helpers/cli.ts";
import { DataDir } from "#tests/helpers/data-dir.ts";
import { startServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

const DOCUMENT = path.resolve(import.meta.dirname, "../docs/cli.md");
const BEFORE = "What it looks like:";
/** As a reader would choose them: they stand in the recording. */
const PORT = "4821";
const HANDLER_PORT = 4830;
const COLUMNS = "80";
/** Longer than it takes until each side counts the other one as gone. */
const FROZEN_MS = 20_000;

const dataDir = new DataDir();
const handler = http.createServer((request, response) => {
  response.statusCode = request.url === "/webhooks/stripe" ? 200 : 404;
  request.resume().on("end", () => response.end());
});
handler.listen(HANDLER_PORT, "127.0.0.1");
const server = await startServer({ dataDir: dataDir.path, env: { PORT } });
try {
  const bin = await createApiClient({ origin: `http://localhost:${PORT}` }).mint();
  const recorded = await record(bin);
  const document = readFileSync(DOCUMENT, "utf8");
  writeFileSync(DOCUMENT, replaceRecording(document, recorded));
  console.log(recorded);
} finally {
  endClis();
  handler.close();
  await server.stop();
  dataDir.remove();
}

async function record(bin: BinMinted): Promise<string> {
  const to = `http://localhost:${HANDLER_PORT}/webhooks`;
  const args = ["listen", bin.url, "--to", to, "--name", "laptop"];
  const cli = startCli(args, { key: bin.key, env: { COLUMNS } });
  await cli.says("Connected.");
  await sendStripe(bin, "charge.succeeded");
  await sendStripe(bin, "invoice.paid");
  await post(`${bin.url}/refunds`, '{"refund":"re_1"}');
  await cli.says("leaves that out");
  await sleep(1_500);
  cli.kill("SIGSTOP");
  for (const type of ["charge.failed", "charge.succeeded", "customer.created"]) {
    await sleep(1_000);
    await sendStripe(bin, type);
  }
  await sleep(FROZEN_MS);
  cli.kill("SIGCONT");
  await cli.says("Caught up");
  cli.kill("SIGINT");
  await until(() => cli.out().includes("Left:"), "its last line");
  return cli.out().trimEnd();
}

function sendStripe(bin: BinMinted, type: string) {
  return post(`${bin.url}/stripe`, JSON.stringify({ id: `evt_${type}`, object: "event", type }), {
    "Stripe-Signature": "t=1700000000,v1=00",
    "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
  });
}

function post(url: string, body: string, headers: Record<string, string> = {}) {
  const all = { "Content-Type": "application/json", ...headers };
  return fetch(url, { method: "POST", body, headers: all });
}

/** The first fenced text after the words that announce it. */
function replaceRecording(document: string, recorded: string): string {
  const begin = document.indexOf("```\n", document.indexOf(BEFORE)) + "```\n".length;
  const end = document.indexOf("\n```", begin);
  return document.slice(0, begin) + recorded + document.slice(end);
}
