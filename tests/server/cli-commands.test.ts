import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import {
  CLI_FILE,
  cliNode,
  endClis,
  runCli,
  startCli,
  startProcess,
  temporaryFolder,
} from "#tests/helpers/cli.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { exchange } from "#tests/helpers/exchange.ts";
import { mintAt } from "#tests/helpers/mint.ts";
import { startProxy } from "#tests/helpers/proxy.ts";
import { startRawSink } from "#tests/helpers/raw-sink.ts";
import { answering, startRawTarget } from "#tests/helpers/raw-target.ts";
import { freePort, startServer, type TestServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

const run = promisify(execFile);
const BYTES_MAX = 300_000;

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createDatabase();
  const port = String(await freePort());
  const env = { MINT_RATE: "0", PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` };
  server = await startServer({ databaseUrl: database.url, env });
});

afterAll(async () => {
  endClis();
  await server?.stop();
  await database?.drop();
});

const mint = () => mintAt(server.origin);
const post = (bin: BinMinted, target = "", init: RequestInit = {}) =>
  fetch(`${server.origin}/in/${bin.id}${target}`, { method: "POST", body: "hi", ...init });
/** What the other commands than listen take the bin from. */
const inBin = (bin: BinMinted) => ({
  key: bin.key,
  env: { HOOKLENS_BIN: `${server.origin}/in/${bin.id}` },
});

/** The shell blocks of a section, without their fences. */
function readmeBlocks(heading: string): string[] {
  const readme = readFileSync(path.resolve(import.meta.dirname, "../../README.md"), "utf8");
  const [, section = ""] = readme.split(`\n## ${heading}\n`);
  const blocks = (section.split("\n## ", 1)[0] ?? "").matchAll(/^```sh\n([^]*?)^```/gm);
  return [...blocks].map(([, lines = ""]) => lines);
}

/** A terminal of somebody who has Node, npm and nothing of ours. */
const startShell = (script: string, home: string) =>
  startProcess("bash", ["-e", "-c", script], {
    cwd: home,
    env: {
      PATH: `${path.dirname(cliNode)}${path.delimiter}${process.env["PATH"]}`,
      HOME: home,
      npm_config_cache: path.join(home, "npm"),
      npm_config_update_notifier: "false",
    },
  });

describe("what the server hands out", () => {
  test("is one file below 300 kB without a schema library, which knows where it came from", async () => {
    expect(statSync(CLI_FILE).size).toBeLessThan(BYTES_MAX);
    const bundle = readFileSync(CLI_FILE, "utf8");
    expect(bundle).not.toMatch(/ZodError|node_modules/);
    // What came after Node 20; the bundler writes older syntax, and adds no functions.
    expect(bundle).not.toMatch(
      /\b(?:Map|Object)\.groupBy|\.withResolvers\(|\.fromAsync\(|Promise\.try\(|RegExp\.escape/,
    );
    const answer = await fetch(`${server.origin}/cli.mjs`);
    expect(answer.headers.get("Content-Type")).toBe("text/javascript; charset=utf-8");
    const [shebang, origin] = (await answer.text()).split("\n", 2);
    expect(shebang).toBe("#!/usr/bin/env node");
    expect(origin).toContain(JSON.stringify(server.origin));
  });

  test("as a package under its version; /cli.tgz and other versions lead there", async () => {
    const { version } = await createApiClient({ origin: server.origin }).health();
    for (const alias of ["/cli.tgz", "/cli-0.0.1.tgz"]) {
      const redirect = await fetch(`${server.origin}${alias}`, { redirect: "manual" });
      expect([redirect.status, redirect.headers.get("Location")]).toEqual([
        302,
        `/cli-${version}.tgz`,
      ]);
    }
    const url = `${server.origin}/cli-${version}.tgz`;
    const answer = await fetch(url);
    const etag = answer.headers.get("ETag") ?? "";
    expect(answer.headers.get("Content-Type")).toBe("application/gzip");
    const head = await fetch(url, { method: "HEAD" });
    expect(head.headers.get("Content-Length")).toBe(answer.headers.get("Content-Length"));
    expect((await fetch(url, { headers: { "If-None-Match": etag } })).status).toBe(304);
    expect((await fetch(url, { method: "POST" })).status).toBe(405);
  });

  test("not to a name that is not ours", async () => {
    const asked = Buffer.from("GET /cli.mjs HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    expect((await exchange(server.port, [asked])).toString()).toMatch(/^HTTP\/1\.1 421/);
  });

  test("runs as the README says it, line by line, from an empty folder", async () => {
    const app = await startRawTarget({
      onConnection: answering("HTTP/1.1 204 No Content\r\n\r\n"),
    });
    const [listening = "", asking = ""] = readmeBlocks("Forward to localhost").map((block) =>
      block
        .replaceAll("http://localhost:3000", server.origin)
        .replaceAll("localhost:4000", `localhost:${app.port}`),
    );
    const home = temporaryFolder();
    const first = startShell(listening, home);
    await first.says("Connected.", 40_000);
    const second = startShell(asking, home);
    expect(await second.ended, second.err()).toBe(0);
    expect(second.out()).toMatch(
      /^#1 POST \/orders\n[^]*"id": 1[^]*delivered[^]*the same bytes, SHA-256/m,
    );
    await first.says(/#1 POST +\/orders +204/);
    expect(readdirSync(home).sort()).toEqual([".config", "npm"]);
    first.kill("SIGINT");
    await app.close();
  });
});

describe("keys", () => {
  test("of a new bin are kept for their owner alone, and open it for the other commands", async () => {
    const cwd = temporaryFolder();
    const made = await runCli(["new", "--name", "orders", "--origin", server.origin, "--json"], {
      cwd,
    });
    const bin = JSON.parse(made.out) as { url: string; key: string; privateLink: string };
    expect(bin.privateLink).toMatch(/\/b\/[a-z0-9]{20}#key=hlk_/);
    const file = path.join(cwd, "config/hooklens/keys.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    await fetch(`${bin.url}/a`, { method: "POST" });
    for (const args of [["list"], ["list", "--bin", "orders"], ["list", bin.url]]) {
      expect(await runCli(args, { cwd })).toMatchObject({
        code: 0,
        out: expect.stringContaining("/a"),
      });
    }
    const kept = await runCli(["keys"], { cwd });
    expect(kept.out).toBe(`${bin.url} orders\n`);
    expect((await runCli(["keys", "remove", bin.url], { cwd })).code).toBe(0);
    expect(await runCli(["list", bin.url], { cwd })).toMatchObject({ code: 3 });
    expect(await runCli(["keys", "add", bin.url], { cwd, key: bin.key })).toMatchObject({
      code: 0,
    });
    expect((await runCli(["list"], { cwd })).out).toContain("/a");
  });

  test("that are missing end it with 3 and one line, a wrong one too, and no argument takes them", async () => {
    const bin = await mint();
    const url = `${server.origin}/in/${bin.id}`;
    const without = await runCli(["listen", url, "--to", "3000"]);
    expect(without).toMatchObject({
      code: 3,
      out: "",
      err: expect.stringMatching(/^hooklens: A key is needed.*HOOKLENS_KEY.*\n$/),
    });
    const wrong = await runCli(["listen", url, "--to", "3000"], {
      key: "hlk_00000000000000000000000000000000",
    });
    expect(wrong).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^hooklens: The key does not open .*\n$/),
    });
    expect(await runCli(["listen", url, "--to", "3000", "--key", bin.key])).toMatchObject({
      code: 2,
    });
  });
});

describe("exit codes", () => {
  test.each([
    [["listne"], 2, 'Did you mean "listen"?'],
    [["listen", "--too", "x"], 2, 'Did you mean "--to"?'],
    [["listen", "--to"], 2, "--to needs a value"],
    [["listen", "--missed", "none", "--to", "1"], 2, "deliver, latest, skip"],
    [["listen", "--to", "ftp://h/"], 2, "Only http:// and https://"],
    [["listen", "--to", "nofield:x=http://h/"], 2, "can't be read at column"],
    [["list", "-n", "many"], 2, "whole number"],
    [["show"], 2, "Which request?"],
    [["new"], 2, "--origin"],
    [["list", "https://h/nothing"], 2, "is no capture URL"],
  ])("%j: %i", async (args, code, words) => {
    const ended = await runCli(args);
    expect(ended).toMatchObject({ code, out: "", err: expect.stringContaining(words) });
    expect(ended.err.trim().split("\n")).toHaveLength(1);
  });

  test("5 for a bin or a request that is not there, 6 for a server that is not", async () => {
    const bin = await mint();
    const nobody = `${server.origin}/in/${"a".repeat(20)}`;
    const { key } = bin;
    expect(await runCli(["listen", nobody, "--to", "3000"], { key })).toMatchObject({ code: 5 });
    expect(await runCli(["show", "99"], inBin(bin))).toMatchObject({ code: 5 });
    const away = `http://127.0.0.1:${await freePort()}/in/${bin.id}`;
    const unreachable = await runCli(
      ["listen", away, "--to", "3000", "--connect-timeout", "500ms"],
      { key },
    );
    expect(unreachable).toMatchObject({
      code: 6,
      err: expect.stringContaining("connection refused"),
    });
    expect(await runCli(["list", away], { key })).toMatchObject({ code: 6 });
  });

  test("0 when the reader of its output has seen enough", async () => {
    const bin = await mint();
    await Promise.all(Array.from({ length: 20 }, () => post(bin)));
    const shell = `"${cliNode}" "${CLI_FILE}" list -n 20 | head -1; exit \${PIPESTATUS[0]}`;
    const env = {
      NODE_ENV: "production" as const,
      PATH: process.env["PATH"],
      HOOKLENS_KEY: bin.key,
      ...inBin(bin).env,
    };
    await run("bash", ["-c", shell], { env });
  });
});

describe("tail and list", () => {
  test("print each request once, as it comes and newest first, with a filter", async () => {
    const bin = await mint();
    await post(bin, "/0");
    const all = startCli(["tail", "-n", "5", "--json"], inBin(bin));
    await all.says('"/0"');
    for (let index = 1; index <= 9; index += 1) await post(bin, `/${index}`);
    await all.says('"/9"');
    const targets = all
      .out()
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { target: string }).target);
    expect(targets).toEqual(Array.from({ length: 10 }, (_, index) => `/${index}`));
    all.kill("SIGINT");
    expect(await all.ended).toBe(0);
    const { out } = await runCli(["list", "-n", "3"], inBin(bin));
    expect(out).toMatch(/#10 .*\n.*#9 .*\n.*#8 /);
    const filtered = await runCli(["list", "--q", "/7", "--json"], inBin(bin));
    expect(filtered.out.trim().split("\n")).toHaveLength(1);
  });

  test("tail leaves no gap where the connection was cut, and says that it was", async () => {
    const bin = await mint();
    const proxy = await startProxy(server.port);
    const env = { HOOKLENS_BIN: `${proxy.origin}/in/${bin.id}` };
    const cli = startCli(["tail", "--json", "--q", "keep"], { key: bin.key, env });
    await until(() => cli.err().includes("Waiting for requests"), "it to run");
    proxy.stall();
    proxy.cut();
    for (const target of ["/keep/1", "/other", "/keep/2"]) await post(bin, target);
    await until(() => cli.err().includes("Connection lost"), "it to notice");
    proxy.flow();
    await post(bin, "/keep/3");
    await cli.says("/keep/3");
    const targets = cli.out().match(/\/keep\/[1-9]/g);
    expect(targets).toEqual(["/keep/1", "/keep/2", "/keep/3"]);
    await proxy.close();
  });
});

describe("show", () => {
  const hostile = "\u001b[2J\u001b]0;owned\u0007 \u202eevil\u202c \u009b31m";

  test("keeps a payload from driving the terminal, and gives its exact bytes to a pipe", async () => {
    const bin = await mint();
    const body = Buffer.from(`${hostile}\nsecond line`);
    const head = `POST /in/${bin.id}/a HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-Odd: \x9b31m\xe9\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n`;
    await exchange(server.port, [Buffer.from(head, "latin1"), body]);
    const shown = await runCli(["show", "last"], inBin(bin));
    // oxlint-disable-next-line no-control-regex
    expect(shown.out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
    expect(shown.out).toContain(
      "\\x1b[2J\\x1b]0;owned\\x07 \\u{202e}evil\\u{202c} \\x9b31m\nsecond line",
    );
    expect(shown.out).toContain("X-Odd: \\x9b31mé");
    const piped = await run(cliNode, [CLI_FILE, "show", "1", "--body"], {
      encoding: "buffer",
      env: { NODE_ENV: "production", HOOKLENS_KEY: bin.key, ...inBin(bin).env },
    });
    expect(piped.stdout.equals(body)).toBe(true);
    const raw = await run(cliNode, [CLI_FILE, "show", "1", "--raw"], {
      encoding: "buffer",
      env: { NODE_ENV: "production", HOOKLENS_KEY: bin.key, ...inBin(bin).env },
    });
    expect(raw.stdout.equals(Buffer.concat([Buffer.from(head, "latin1"), body]))).toBe(true);
  });

  test("lays JSON out with every number and escape as sent, in colour when asked for", async () => {
    const bin = await mint();
    const body = '{"n":1.00,"s":"\\u00e9","a":[1,{}],"n":12345678901234567890}';
    await post(bin, "", { body, headers: { "Content-Type": "application/json" } });
    const { out } = await runCli(["show", "1"], inBin(bin));
    expect(out).toContain(
      '{\n  "n": 1.00,\n  "s": "\\u00e9",\n  "a": [\n    1,\n    {}\n  ],\n  "n": 12345678901234567890\n}\n',
    );
    const coloured = await runCli(["show", "1"], {
      ...inBin(bin),
      env: { ...inBin(bin).env, FORCE_COLOR: "1" },
    });
    expect(coloured.out).toContain("\u001b[35m1.00\u001b[39m");
    const plain = await runCli(["show", "1", "--no-color"], {
      ...inBin(bin),
      env: { ...inBin(bin).env, FORCE_COLOR: "1" },
    });
    expect(plain.out).not.toContain("\u001b");
  });

  test("takes forms and multipart bodies apart, and shows bytes as hex", async () => {
    const bin = await mint();
    await post(bin, "", { body: new URLSearchParams({ "a b": "1&2", é: "" }) });
    expect((await runCli(["show", "1"], inBin(bin))).out).toContain("a b = 1&2\né = \n");
    const form = new FormData();
    form.set("field", "value");
    form.set("file", new Blob([new Uint8Array([0, 1, 255])]), "f.bin");
    await post(bin, "", { body: form });
    const { out } = await runCli(["show", "last"], {
      ...inBin(bin),
      env: { ...inBin(bin).env, COLUMNS: "60" },
    });
    expect(out).toMatch(
      /Part 1 field 5 B\nvalue\n\nPart 2 file, file f\.bin, application\/octet-stream 3 B\n00000000 {2}00 01 ff/,
    );
  });
});

describe("replay", () => {
  test("sends from this machine by number, range and filter, in order, and exits with 7 when one fails", async () => {
    const bin = await mint();
    for (const index of [1, 2, 3]) await post(bin, `/orders/${index}`, { body: `body ${index}` });
    const sink = await startRawSink();
    const target = `${sink.origin}/again`;
    expect((await runCli(["replay", "2", "--to", target], inBin(bin))).code).toBe(0);
    expect((await sink.next()).toString()).toMatch(
      /^POST \/again\/orders\/2 HTTP[^]*\r\nHooklens-Forward-Id: [^]*body 2$/,
    );
    const ranged = await runCli(
      ["replay", "3..3", "1", "--to", target, "--no-append", "--json"],
      inBin(bin),
    );
    expect(
      ranged.out
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { seq: number }).seq),
    ).toEqual([1, 3]);
    expect(
      [(await sink.next()).toString(), (await sink.next()).toString()].map((text) =>
        text.slice(-6),
      ),
    ).toEqual(["body 1", "body 3"]);
    const searched = await runCli(["replay", "orders", "--to", target], inBin(bin));
    expect(searched).toMatchObject({
      code: 0,
      err: expect.stringContaining("3 requests, 0 failed."),
    });
    await sink.close();
    const broken = await startRawTarget({ onConnection: answering("HTTP/1.1 500 Oops\r\n\r\n") });
    const failed = await runCli(["replay", "last", "--to", String(broken.port), "-q"], inBin(bin));
    expect(failed).toMatchObject({ code: 7, out: expect.stringMatching(/#3 POST .* 500/) });
    await broken.close();
  });

  test("through the connected listener keeps the outcome on the server", async () => {
    const bin = await mint();
    await post(bin, "/x");
    const sink = await startRawSink();
    const none = await runCli(["replay", "1", "--to-listener"], inBin(bin));
    expect(none).toMatchObject({ code: 8, err: expect.stringMatching(/^hooklens: .+\n$/) });
    const listener = startCli(["listen", "--to", sink.origin], inBin(bin));
    await listener.says("Connected.");
    const sent = await runCli(["replay", "1", "--to-listener"], inBin(bin));
    expect(sent).toMatchObject({
      code: 0,
      out: expect.stringMatching(/delivered[^]*the same bytes, SHA-256/),
    });
    await listener.says(/#1 POST +\/x {2}asked for +200/);
    await sink.close();
  });
});

describe("its own words", () => {
  test("fit into 60 columns: help, lists and the lines of listen", async () => {
    const bin = await mint();
    await post(bin, `/a/very/long/path/that/goes/on/and/on/${"x".repeat(80)}`);
    const env = { ...inBin(bin).env, COLUMNS: "60" };
    const app = await startRawTarget({
      onConnection: answering("HTTP/1.1 204 No Content\r\n\r\n"),
    });
    const listener = startCli(["listen", "--to", String(app.port)], { key: bin.key, env });
    await listener.says("Connected.");
    await post(bin, `/a/very/long/path/that/goes/on/and/on/${"x".repeat(80)}`);
    await listener.says("204");
    const list = await runCli(["list"], { key: bin.key, env });
    const requests = [
      ...listener
        .out()
        .split("\n")
        .filter((line) => line.includes("#2")),
      ...list.out.trim().split("\n"),
    ];
    expect(requests.map(({ length }) => length)).toEqual([60, 60, 60]);
    const help = await runCli(["--help"], { env });
    for (const line of help.out.split("\n").slice(2))
      expect(line.length, line).toBeLessThanOrEqual(82);
    await app.close();
  });

  test("completions are scripts that the shells can read", async () => {
    const cwd = temporaryFolder();
    for (const shell of ["bash", "zsh", "fish"]) {
      const { code, out } = await runCli(["completions", shell], { cwd });
      expect(code).toBe(0);
      for (const word of ["listen", "max-age", "to-listener"]) expect(out).toContain(word);
      if (shell === "bash")
        await run("bash", [
          "-c",
          `${out}\nCOMP_WORDS=(hooklens li) COMP_CWORD=1; _hooklens; [ "\${COMPREPLY[*]}" = "listen list" ] || exit 1
          COMP_WORDS=(hooklens completions f) COMP_CWORD=2; _hooklens; [ "\${COMPREPLY[*]}" = "fish" ]`,
        ]);
    }
  });
});
