import { once } from "node:events";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import type { Attempt } from "#lib/contract/forwards.ts";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { type OddRequest, oddRequests } from "#tests/fixtures/odd-requests.ts";
import { selfSigned } from "#tests/helpers/certificate.ts";
import { type Cli, endClis, runCli, startCli, temporaryFolder } from "#tests/helpers/cli.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { exchange, finalAnswer } from "#tests/helpers/exchange.ts";
import { cellsOf, forwardedCell } from "#tests/helpers/fidelity-matrix.ts";
import {
  droppedNames,
  forwardedHeaders,
  framed,
  parseMessage,
  receivedParts,
  sha256,
} from "#tests/helpers/odd-sent.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { startRawSink } from "#tests/helpers/raw-sink.ts";
import { answering, hasIpv6, startRawTarget } from "#tests/helpers/raw-target.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createDatabase();
  const env = { HOST: "localhost", FORWARD_RATE: "0", MINT_RATE: "0" };
  server = await startServer({ databaseUrl: database.url, env });
});

afterAll(async () => {
  endClis();
  await server?.stop();
  await database?.drop();
});

async function mint(): Promise<BinMinted> {
  return mintAt(server.origin);
}

const api = (bin: BinMinted) => createApiClient({ origin: server.origin, key: bin.key });
const urlOf = (bin: BinMinted) => `${server.origin}/in/${bin.id}`;

/** A listener that is connected. */
async function listen(
  bin: BinMinted,
  args: string[],
  options: { cwd?: string } = {},
): Promise<Cli> {
  const cli = startCli(["listen", urlOf(bin), ...args], { key: bin.key, ...options });
  await cli.says("Connected.");
  return cli;
}

const post = (bin: BinMinted, target = "", init: RequestInit = {}) =>
  fetch(`${urlOf(bin)}${target}`, { method: "POST", body: "hi", ...init });

/** The one try of the newest request, once it is told. */
async function newestAttempt(bin: BinMinted): Promise<Attempt> {
  const client = api(bin);
  const [newest] = (await client.requests(bin.id, { limit: 1 })).items;
  return until(async () => {
    const [forward] = (await client.forwards(bin.id, newest?.id ?? "")).items;
    return forward?.attempts[0];
  }, "the outcome on the server");
}

const LISTED = [
  "duplicate headers in order",
  "one name in three letter cases",
  "headers that frameworks eat",
  "Connection names headers",
  "Upgrade: h2c",
  "Proxy headers",
  "all 256 values",
  "GET with a body",
  "chunked in odd pieces with trailers",
  "HTTP/1.0 without Host",
];

/** How two heads differ, line by line: `~` another Host, `+` only sent, `-` only captured. */
function differences(captured: readonly HeaderPair[], sent: readonly HeaderPair[]): string[] {
  const left = sent.map(([name, value]) => `${name}: ${value}`);
  const lost = captured.filter(([name, value]) => {
    const at = left.indexOf(`${name}: ${value}`);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  const added = left.map((line) => line.slice(0, line.indexOf(":")));
  const changed = lost
    .map(([name]) => name)
    .filter((name) => name === "Host" && added.includes(name));
  return [
    ...changed.map((name) => `~ ${name}`),
    ...added.filter((name) => !changed.includes(name)).map((name) => `+ ${name}`),
    ...lost.filter(([name]) => !changed.includes(name)).map(([name]) => `- ${name}`),
  ];
}

describe("every byte reaches localhost", () => {
  test("of every odd request that came whole, with what was changed listed and the body's digest the same", async () => {
    const bin = await mint();
    const sink = await startRawSink();
    await listen(bin, ["--to", `${sink.origin}/hook`]);
    const whole = oddRequests(bin.id).filter((odd) => !odd.truncated && !odd.incomplete);
    expect(whole.length).toBeGreaterThan(100);
    for (const odd of whole) {
      const { name } = odd;
      const answer = finalAnswer(await exchange(server.port, odd.pieces, odd.hangUp));
      const id = /^Hooklens-Request-Id: (\S+)/m.exec(answer)?.[1] ?? "";
      const sent = receivedParts(await sink.next());
      const forward = await until(async () => {
        const [first] = (await api(bin).forwards(bin.id, id)).items;
        return first?.attempts.length ? first : null;
      }, `the forward of ${name}`);
      expect(sent, name).toEqual({
        line: expect.stringMatching(new RegExp(`^${odd.method} /hook`)),
        headers: forwardedHeaders(odd),
        hosts: [sink.host],
        forwardIds: [forward.id],
        framedSha256: sha256(framed(odd)),
      });
      const [attempt] = forward.attempts;
      expect(attempt?.bodySha256Sent, name).toBe(sha256(odd.body));
      expect(dropped(attempt?.changes ?? []), name).toEqual(droppedOf(odd));
      expect(forwardedCell(attempt?.changes ?? []), name).toBe(cellsOf(odd).forwarded);
    }
    await sink.close();
  });

  test("and `show` lists for each what was changed, added and dropped, and the digest before and after", async () => {
    const bin = await mint();
    const sink = await startRawSink();
    await listen(bin, ["--to", `${sink.origin}/hook`]);
    const all = oddRequests(bin.id);
    for (const name of LISTED) {
      const odd = all.find((one) => one.name.replaceAll('"', "") === name) as OddRequest;
      const answer = finalAnswer(await exchange(server.port, odd.pieces, odd.hangUp));
      const id = /^Hooklens-Request-Id: (\S+)/m.exec(answer)?.[1] ?? "";
      const { headers } = parseMessage(await sink.next());
      await until(
        async () => (await api(bin).forwards(bin.id, id)).items[0],
        `what came of ${name}`,
      );
      const { out } = await runCli(["show", id], { key: bin.key, env: { HOOKLENS_BIN: bin.url } });
      expect(out, name).toContain(`body the same bytes, SHA-256 ${sha256(odd.body)}`);
      const listed = [...out.matchAll(/^ {4}([~+-]) (\S+?): /gm)].map(
        ([, sign, each]) => `${sign} ${each}`,
      );
      expect(listed.toSorted(), name).toEqual(differences(odd.headers, headers).toSorted());
    }
    await sink.close();
  });

  const dropped = (changes: NonNullable<Attempt["changes"]>) =>
    changes
      .filter(({ kind }) => kind === "dropped")
      .map(({ name }) => name.toLowerCase())
      .sort();
  const droppedOf = (odd: OddRequest) =>
    odd.headers
      .map(([name]) => name.toLowerCase())
      .filter((name) => droppedNames(odd).has(name))
      .sort();
});

describe("localhost is found", () => {
  test.each(hasIpv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"])("on %s alone", async (host) => {
    const bin = await mint();
    const target = await startRawTarget({
      host,
      onConnection: answering("HTTP/1.1 204 No Content\r\n\r\n"),
    });
    const cli = await listen(bin, ["--to", String(target.port)]);
    await post(bin);
    await cli.says(/#1 POST +\/ +204/);
    await target.close();
  });

  test("under another Host, and with a self-signed certificate, when asked for", async () => {
    const bin = await mint();
    const hosts: unknown[] = [];
    const target = https.createServer(
      selfSigned({ names: ["elsewhere.test"] }),
      (request, response) => {
        hosts.push(request.headers.host);
        response.end();
      },
    );
    target.listen(0, "127.0.0.1");
    await once(target, "listening");
    const to = `https://localhost:${(target.address() as AddressInfo).port}`;
    const strict = await listen(bin, ["--to", to, "--name", "strict"]);
    await post(bin);
    await strict.says("--insecure takes any certificate");
    const lax = await listen(bin, ["--to", to, "--insecure", "--host-header", "app.test"]);
    await post(bin);
    await lax.says(/#2 POST .* 200/);
    expect(hosts).toEqual(["app.test"]);
    target.close();
  });
});

describe("a failure explains itself", () => {
  async function failing(answer: string, args: string[], target = "/orders?x=1"): Promise<Cli> {
    const bin = await mint();
    const app = await startRawTarget({ onConnection: answering(answer) });
    const cli = await listen(bin, ["--to", `http://127.0.0.1:${app.port}/hook`, ...args]);
    await post(bin, target);
    await cli.says(/#1 POST +.* \d+(\.\d+)? m?s\n/);
    await newestAttempt(bin);
    await app.close();
    return cli;
  }

  const oneLine = (cli: Cli) => cli.out().replace(/\s+/g, " ");

  test("refused: which addresses were tried", async () => {
    const bin = await mint();
    const closed = await startRawTarget();
    await closed.close();
    const cli = await listen(bin, ["--to", `http://localhost:${closed.port}`]);
    await post(bin);
    await cli.says("Nothing listens on");
    const addresses = `127.0.0.1:${closed.port}${hasIpv6 ? ` or [::1]:${closed.port}` : ""}`;
    expect(oneLine(cli)).toContain(`Nothing listens on ${addresses}`);
    expect(await newestAttempt(bin)).toMatchObject({ status: null, error: { code: "refused" } });
  });

  test("404: the path that was asked, and where it came from", async () => {
    const cli = await failing("HTTP/1.1 404 Not Found\r\n\r\n", []);
    expect(oneLine(cli)).toMatch(
      /Your app has no POST \/hook\/orders\?x=1: it came from --to \S+\/hook and the captured \/orders\?x=1 \(--no-append/,
    );
  });

  test("a redirect that would turn POST into GET", async () => {
    const cli = await failing("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1/hook/\r\n\r\n", []);
    expect(oneLine(cli)).toMatch(
      /301 would turn POST into GET .* leads to: http:\/\/127\.0\.0\.1\/hook\//,
    );
  });

  test("a time limit, with a word about breakpoints", async () => {
    const bin = await mint();
    const hanging = await startRawTarget();
    const cli = await listen(bin, [
      "--to",
      `http://127.0.0.1:${hanging.port}`,
      "--timeout",
      "300ms",
    ]);
    await post(bin);
    await cli.says("--timeout 10m waits longer");
    await hanging.close();
  });

  test("an answer's status and headers can't drive the terminal", async () => {
    const cli = await failing("HTTP/1.1 302 Found\r\nLocation: http://a/\x1b[2J\x07\r\n\r\n", []);
    // oxlint-disable-next-line no-control-regex
    expect(cli.out()).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
  });
});

describe("several targets", () => {
  test("each takes what matches its filter, and what no one takes is told", async () => {
    const bin = await mint();
    const stripe = await startRawSink();
    const rest = await startRawSink();
    const cli = await listen(bin, [
      "--to",
      `path:/stripe*=${stripe.origin}/a`,
      "--to",
      `body.kind:"b" size<100=${rest.origin}/b`,
      "--no-append",
    ]);
    await post(bin, "/stripe/x");
    expect(receivedParts(await stripe.next()).line).toMatch(/^POST \/a HTTP/);
    await post(bin, "/other", {
      body: '{"kind":"b"}',
      headers: { "Content-Type": "application/json" },
    });
    expect(receivedParts(await rest.next()).line).toMatch(/^POST \/b HTTP/);
    await post(bin, "/nobody");
    await cli.says(/#3 POST +\/nobody +no target/);
    await Promise.all([stripe.close(), rest.close()]);
  });

  test("from a hooklens.yml that is read again when it is saved; a mistake keeps the targets of before", async () => {
    const bin = await mint();
    const [one, two] = [await startRawSink(), await startRawSink()];
    const cwd = temporaryFolder();
    const file = path.join(cwd, "hooklens.yml");
    writeFileSync(file, `bin: ${urlOf(bin)}\nname: from-file\ntargets:\n  - to: ${one.origin}\n`);
    const cli = startCli(["listen"], { key: bin.key, cwd });
    await cli.says("listening as from-file");
    await cli.says("Connected.");
    await post(bin);
    await one.next();
    writeFileSync(file, `targets:\n  - to: ${one.origin}\n    macht: path:/x\n`);
    await cli.says(/hooklens\.yml:3:5: There is no "macht" here\.\s+Did\s+you\s+mean\s+"match"\?/);
    await post(bin);
    await one.next();
    writeFileSync(file, `targets:\n  - to: ${two.origin}/new\n    append: false\n`);
    await cli.says("its targets are in use");
    await post(bin, "/x");
    expect(receivedParts(await two.next()).line).toMatch(/^POST \/new HTTP/);
    await until(async () => {
      const [listener] = (await api(bin).listeners(bin.id)).items;
      return listener?.connected && listener.targets[0] === `${two.origin}/new`;
    }, "the page's side to know the new target");
    expect(cli.out()).not.toContain("Connected again");
    await Promise.all([one.close(), two.close()]);
  });
});

describe("--exec", () => {
  test("gives a command the body and the head, none of it as shell text, and not the key", async () => {
    const bin = await mint();
    const cwd = temporaryFolder();
    const script = path.join(cwd, "handle.sh");
    writeFileSync(
      script,
      '#!/bin/sh\ncat > body\nprintf "%s|" "$HOOKLENS_METHOD" "$HOOKLENS_TARGET" "$HOOKLENS_HEADER_X_ODD" "$HOOKLENS_SEQ" "$HOOKLENS_ATTEMPT" "${HOOKLENS_KEY:-no key}" > head\necho "$HOOKLENS_FORWARD_ID" > id\necho handled\n',
    );
    chmodSync(script, 0o755);
    const cli = await listen(bin, ["--exec", "./handle.sh"], { cwd });
    const body = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await post(bin, "/a;touch%20$(id)", { body, headers: { "X-Odd": "$(touch gone) `id`; é" } });
    await cli.says(/exit 0/);
    const attempt = await newestAttempt(bin);
    expect(attempt).toMatchObject({
      url: "./handle.sh",
      error: null,
      bodySha256Sent: sha256(body),
      bodyBase64: Buffer.from("handled\n").toString("base64"),
    });
    expect(readFileSync(path.join(cwd, "body")).equals(body)).toBe(true);
    const head = readFileSync(path.join(cwd, "head"), "utf8");
    expect(head).toBe("POST|/a;touch%20$(id)|$(touch gone) `id`; é|1|1|no key|");
  });

  test("tells the code of one that fails, and what it wrote to stderr", async () => {
    const bin = await mint();
    const cli = await listen(bin, ["--exec", "echo no way >&2; exit 3"]);
    await post(bin);
    await cli.says(/exec_failed/);
    expect(cli.out()).toContain("#1 no way");
    expect(await newestAttempt(bin)).toMatchObject({
      status: null,
      error: { code: "exec_failed", message: expect.stringContaining("exited with 3") },
    });
  });

  test("ends what it started when Ctrl-C comes twice: at once, with 130", async () => {
    const bin = await mint();
    const cwd = temporaryFolder();
    const cli = await listen(bin, ["--exec", "sleep 300 & echo $! > pid; wait", "--timeout", "0"], {
      cwd,
    });
    await post(bin);
    const file = path.join(cwd, "pid");
    const pid = Number(
      await until(
        () => existsSync(file) && (readFileSync(file, "utf8").trim() || null),
        "it to run",
      ),
    );
    cli.kill("SIGINT");
    await cli.says("Ctrl-C again leaves at once");
    cli.kill("SIGINT");
    expect(await cli.ended).toBe(130);
    await until(() => !isRunning(pid), "the command's end");
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
