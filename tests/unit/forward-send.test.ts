import { once } from "node:events";
import type net from "node:net";
import tls from "node:tls";
import ipaddr from "ipaddr.js";
import { afterEach, describe, expect, test } from "vitest";
import type { IpRange } from "#lib/config.ts";
import type { Lookup } from "#lib/forward/dial.ts";
import { judgeAddress } from "#lib/forward/guard.ts";
import type { Outgoing } from "#lib/forward/outgoing.ts";
import { type SendOptions, send } from "#lib/forward/send.ts";
import { SendFailure } from "#lib/forward/failure.ts";
import { parseTarget } from "#lib/forward/target.ts";
import { selfSigned } from "#tests/helpers/certificate.ts";
import { answering, hasIpv6, type RawTarget, startRawTarget } from "#tests/helpers/raw-target.ts";

const LOOPBACK = ["127.0.0.0/8", "::1/128"].map((range) => ipaddr.parseCIDR(range) as IpRange);
const MEBIBYTE = 1024 * 1024;
/** Nothing here asks a real DNS. */
const noLookup: Lookup = (host) => Promise.reject(new Error(`${host} was looked up`));
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const post = (body = Buffer.from("hi"), over: Partial<Outgoing> = {}): Outgoing => ({
  method: "POST",
  path: "/hook",
  headers: [
    ["Host", "h"],
    ["Content-Length", String(body.length)],
  ],
  trailers: [],
  chunked: false,
  body,
  ...over,
});

async function target(onConnection: (socket: net.Socket) => void): Promise<RawTarget> {
  const started = await startRawTarget({ onConnection });
  cleanups.push(() => started.close());
  return started;
}

const judge = (address: string) => judgeAddress(address, LOOPBACK);

const sendTo = (url: string, request = post(), options: Partial<SendOptions> = {}) =>
  send(request, parseTarget(url), { judge, lookup: noLookup, ...options });

/** Sends to a target that behaves so. */
async function sendAgainst(
  onConnection: (socket: net.Socket) => void,
  request = post(),
  options: Partial<SendOptions> = {},
) {
  const { port } = await target(onConnection);
  return sendTo(`http://127.0.0.1:${port}`, request, options);
}

/** Nothing of this process runs meanwhile. */
const stopFor = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe("what goes over the wire", () => {
  test("is what was built, to the byte: nothing is added, moved or refused", async () => {
    const { port, received } = await target(answering("HTTP/1.1 200 OK\r\n\r\n"));
    const headers: Outgoing["headers"] = [
      ["x-B", "\xe9"],
      ["host", "h"],
      ["X-b", ""],
      ["Content-Length", "2"],
      ["Trailer", "announced in vain"],
    ];
    await sendTo(`http://localhost:${port}`, post(Buffer.from("hi"), { method: "get", headers }));
    expect(received()).toEqual([
      Buffer.from(
        "get /hook HTTP/1.1\r\nx-B: \xe9\r\nhost: h\r\nX-b: \r\nContent-Length: 2\r\nTrailer: announced in vain\r\n\r\nhi",
        "latin1",
      ),
    ]);
  });

  test("a 10 MiB body of random bytes arrives whole", async () => {
    const body = Buffer.alloc(10 * MEBIBYTE, Buffer.from(Array.from({ length: 256 }, (_, i) => i)));
    let read = 0;
    const result = await sendAgainst((socket) => {
      socket.on("data", (bytes) => {
        read += bytes.length;
        if (read > body.length) socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      });
    }, post(body));
    expect(result).toMatchObject({ kind: "response", status: 200 });
    expect(read).toBe(
      body.length + "POST /hook HTTP/1.1\r\nHost: h\r\nContent-Length: 10485760\r\n\r\n".length,
    );
  });
});

describe("an answer", () => {
  test("is given raw: status, headers in order and case, body, times", async () => {
    const head = "HTTP/1.1 299 Odd\r\nX-A: 1\r\nx-a: \xe9\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n";
    const answer = `${head}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n`;
    const { port } = await target(answering(Buffer.from(answer, "latin1")));
    const result = await sendTo(`http://localhost:${port}`);
    expect(result).toMatchObject({
      kind: "response",
      status: 299,
      headers: [
        ["X-A", "1"],
        ["x-a", "\xe9"],
        ["Set-Cookie", "a"],
        ["Set-Cookie", "b"],
        ["Transfer-Encoding", "chunked"],
      ],
      body: Buffer.from("abc"),
      bodySize: 3,
      timing: { dnsMs: null, tlsMs: null },
    });
    const { connectMs, firstByteMs, totalMs } = result.timing;
    expect(connectMs).toBeGreaterThan(0);
    expect(firstByteMs).toBeGreaterThan(0);
    expect(totalMs).toBeGreaterThan((connectMs ?? 0) + (firstByteMs ?? 0));
  });

  test("of a name has the time of its lookup", async () => {
    const { port } = await target(answering("HTTP/1.1 204 No Content\r\n\r\n"));
    const lookup = async () => [{ address: "127.0.0.1", family: 4 }];
    const result = await sendTo(`http://some.example:${port}`, post(), { lookup });
    expect(result).toMatchObject({
      status: 204,
      bodySize: 0,
      timing: { dnsMs: expect.any(Number) },
    });
  });

  test("may come after interim ones, which are passed over", async () => {
    const interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    const result = await sendAgainst(
      answering(`${interim}HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n`),
    );
    expect(result).toMatchObject({
      kind: "response",
      status: 201,
      headers: [["Content-Length", "0"]],
    });
  });

  test("that redirects is the answer: the other place is never asked", async () => {
    const other = await target(answering("HTTP/1.1 200 OK\r\n\r\n"));
    const location = `http://127.0.0.1:${other.port}/`;
    const result = await sendAgainst(
      answering(`HTTP/1.1 307 Moved\r\nLocation: ${location}\r\n\r\n`),
    );
    expect(result).toMatchObject({ status: 307, headers: [["Location", location]] });
    expect(other.connections()).toBe(0);
  });

  test("to HEAD has no body, whatever its length says", async () => {
    const answer = answering("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n", { end: false });
    expect(await sendAgainst(answer, post(undefined, { method: "HEAD" }))).toMatchObject({
      status: 200,
      bodySize: 0,
    });
  });

  test("keeps its first 256 KiB and is counted on", async () => {
    const body = Buffer.alloc(MEBIBYTE, "abc");
    const answer = Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`),
      body,
    ]);
    const result = await sendAgainst(answering(answer));
    expect(result).toMatchObject({ kind: "response", bodySize: MEBIBYTE });
    expect(result.kind === "response" && result.body.equals(body.subarray(0, 256 * 1024))).toBe(
      true,
    );
  });

  test("without an end is read to 10 MiB and no further", async () => {
    let socketClosed: Promise<unknown> | undefined;
    const result = await sendAgainst((socket) => {
      socketClosed = new Promise((resolve) => socket.on("close", resolve));
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536)));
      };
      socket.on("drain", pour);
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      pour();
    });
    expect(result).toMatchObject({ kind: "response", status: 200 });
    expect(result.kind === "response" && result.bodySize).toBeGreaterThanOrEqual(10 * MEBIBYTE);
    expect(result.kind === "response" && result.bodySize).toBeLessThan(11 * MEBIBYTE);
    await socketClosed;
  });

  test.each<[string, (socket: net.Socket) => void]>([
    ["and closes", (socket) => socket.destroySoon()],
    ["and resets", (socket) => void setTimeout(() => socket.resetAndDestroy(), 20)],
    ["and reads nothing more", (socket) => socket.pause()],
  ])("counts though it came while the body was still being sent %s", async (_name, after) => {
    const result = await sendAgainst(
      (socket) =>
        socket.once("data", () => {
          socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
          after(socket);
        }),
      post(Buffer.alloc(10 * MEBIBYTE)),
    );
    expect(result).toMatchObject({ kind: "response", status: 413, body: Buffer.from("big") });
  });
});

describe("a failure is told in words", () => {
  test("refused: each address that was tried, and what to look at", async () => {
    const closed = await startRawTarget();
    await closed.close();
    const result = await sendTo(`http://localhost:${closed.port}`);
    expect(result).toMatchObject({ kind: "failure", code: "refused", answer: null });
    expect(messageOf(result)).toContain(`127.0.0.1:${closed.port} or [::1]:${closed.port}`);
    expect(messageOf(result)).toMatch(/Is your server running/);
  });

  test.skipIf(!hasIpv6)("localhost reaches a server that listens on ::1 only", async () => {
    const started = await startRawTarget({
      host: "::1",
      onConnection: answering("HTTP/1.1 200 OK\r\n\r\n"),
    });
    cleanups.push(() => started.close());
    expect(await sendTo(`http://localhost:${started.port}`)).toMatchObject({ status: 200 });
  });

  test("dns: no such host", async () => {
    const lookup = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    const result = await sendTo("http://nothing.invalid/", post(), { lookup });
    expect(result).toMatchObject({
      code: "dns",
      message: expect.stringContaining("nothing.invalid (ENOTFOUND)"),
    });
  });

  test("private_target: a port of Hooklens' own, though loopback is open", async () => {
    const { port, connections } = await target(answering("HTTP/1.1 200 OK\r\n\r\n"));
    const ownPorts = new Map([[port, "Hooklens' own database"]]);
    for (const host of ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]"]) {
      const result = await sendTo(`http://${host}:${port}`, post(), { ownPorts });
      expect(result).toMatchObject({
        code: "private_target",
        message: expect.stringContaining("is Hooklens' own database: it is never forwarded to"),
      });
    }
    expect(connections()).toBe(0);
  });

  test.each<[string, (socket: net.Socket) => void, RegExp, Outgoing?]>([
    ["never answers", () => {}, /did not answer within 0\.3 s/],
    [
      "never reads",
      (socket) => socket.pause(),
      /did not read the whole request/,
      post(Buffer.alloc(10 * MEBIBYTE)),
    ],
    ["drips", drip("Content-Length: 99999"), /did not end it within 0\.3 s \(\d+ bytes/],
    ["drips without a length", drip("X: y"), /did not end it within 0\.3 s \(\d+ bytes/],
  ])("timeout: a target that %s", async (_name, behave, message, request) => {
    const result = await sendAgainst(behave, request ?? post(), { totalMs: 300 });
    expect(result).toMatchObject({
      kind: "failure",
      code: "timeout",
      message: expect.stringMatching(message),
    });
  });

  test("an answer that came while this process was stopped counts, though the time limit has passed", async () => {
    const { port } = await target((socket) => {
      socket.once("data", () => {
        // As SIGSTOP and a closed lid do: everything waits, then all timers are due before anything is read.
        setTimeout(() => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), 50);
        stopFor(1_500);
      });
    });
    const result = await sendTo(`http://127.0.0.1:${port}`, post(), { totalMs: 400 });
    expect(result).toMatchObject({ kind: "response", status: 200, bodySize: 2 });
  });

  test("timeout: a name that takes too long to look up, a TLS handshake that never comes", async () => {
    const lookup = () => new Promise<never>(() => {});
    const slow = await sendTo("http://slow.example/", post(), { lookup, connectMs: 100 });
    expect(slow).toMatchObject({
      code: "timeout",
      message: expect.stringMatching(/Looking up slow\.example/),
    });
    const { port } = await target(() => {});
    const mute = await sendTo(`https://localhost:${port}/`, post(), { connectMs: 100 });
    expect(mute).toMatchObject({
      code: "timeout",
      message: expect.stringMatching(/TLS handshake/),
    });
  });

  test.each<[string, (socket: net.Socket) => void, RegExp]>([
    ["closes at once", (socket) => socket.end(), /closed the connection/],
    [
      "closes after the request",
      (socket) => socket.once("data", () => socket.end()),
      /without an answer/,
    ],
    [
      "resets",
      (socket) => socket.once("data", () => socket.resetAndDestroy()),
      /without an answer \(ECONNRESET\)/,
    ],
    ["is no web server", (socket) => socket.end("SSH-2.0-x\r\n"), /not HTTP\/1\.1/],
    [
      "switches protocols",
      answering("HTTP/1.1 101 x\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", { end: false }),
      /101/,
    ],
    [
      "has 100 KiB of headers",
      answering(`HTTP/1.1 200 OK\r\nX: ${"a".repeat(102_400)}\r\n\r\n`),
      /64 KiB/,
    ],
  ])("reset: a target that %s", async (_name, behave, message) => {
    expect(await sendAgainst(behave)).toMatchObject({
      kind: "failure",
      code: "reset",
      answer: null,
      message: expect.stringMatching(message),
    });
  });

  test("reset: an answer that breaks off is a failure, with what came of it", async () => {
    const cut = await sendAgainst(answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
    expect(cut).toMatchObject({
      code: "reset",
      answer: { status: 200, body: Buffer.from("abc"), bodySize: 3 },
    });
    const reset = await sendAgainst((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\nabc", () =>
        setTimeout(() => socket.resetAndDestroy(), 50),
      );
    });
    expect(reset).toMatchObject({ code: "reset", answer: { status: 200 } });
  });

  test("a stop from outside ends it with its reason", async () => {
    const ending = new AbortController();
    setTimeout(() => ending.abort(new SendFailure("interrupted", "stopped")), 50);
    const result = await sendAgainst(() => {}, post(), { signal: ending.signal });
    expect(result).toMatchObject({ kind: "failure", code: "interrupted", message: "stopped" });
    const late = await sendAgainst(() => {}, post(), { signal: ending.signal });
    expect(late).toMatchObject({ kind: "failure", code: "interrupted" });
  });
});

describe("TLS", () => {
  async function tlsTarget(certificate: { cert: string; key: string }) {
    const server = tls.createServer(certificate, (socket) => {
      socket.on("error", () => {});
      answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")(socket);
    });
    server.on("tlsClientError", () => {});
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    cleanups.push(() => server.close());
    return (server.address() as net.AddressInfo).port;
  }

  function trust(cert: string): void {
    const before = tls.getCACertificates("default");
    tls.setDefaultCACertificates([cert]);
    cleanups.push(() => tls.setDefaultCACertificates(before));
  }

  test("a certificate that nobody signed is refused, in words", async () => {
    const port = await tlsTarget(selfSigned({ names: ["localhost"] }));
    const result = await sendTo(`https://localhost:${port}`);
    expect(result).toMatchObject({ code: "tls", answer: null });
    expect(messageOf(result)).toMatch(/SELF_SIGNED.*NODE_EXTRA_CA_CERTS/);
  });

  test("a trusted one is spoken to, and timed", async () => {
    const certificate = selfSigned({ names: ["localhost"] });
    trust(certificate.cert);
    const port = await tlsTarget(certificate);
    const result = await sendTo(`https://localhost:${port}`);
    expect(result).toMatchObject({
      status: 200,
      body: Buffer.from("ok"),
      timing: { tlsMs: expect.any(Number) },
    });
  });

  test("one for another name, an expired one and a server without TLS are told apart", async () => {
    const certificate = selfSigned({ names: ["other.example"] });
    trust(certificate.cert);
    const port = await tlsTarget(certificate);
    for (const host of ["localhost", "127.0.0.1"]) {
      const other = await sendTo(`https://${host}:${port}`);
      expect(other).toMatchObject({
        code: "tls",
        message: expect.stringMatching(/for another name/),
      });
    }

    const old = selfSigned({ names: ["localhost"], notAfter: new Date(Date.now() - 1000) });
    trust(old.cert);
    const expired = await sendTo(`https://localhost:${await tlsTarget(old)}`);
    expect(expired).toMatchObject({ code: "tls", message: expect.stringMatching(/expired/) });

    const plain = await target((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const result = await sendTo(`https://localhost:${plain.port}`);
    expect(result).toMatchObject({
      code: "tls",
      message: expect.stringMatching(/does not speak TLS/),
    });
  });
});

function drip(header: string) {
  return (socket: net.Socket): void => {
    socket.write(`HTTP/1.1 200 OK\r\n${header}\r\n\r\n`);
    const timer = setInterval(() => socket.write("x"), 20);
    socket.on("close", () => clearInterval(timer));
  };
}

const messageOf = (result: Awaited<ReturnType<typeof send>>) =>
  result.kind === "failure" ? result.message : "";
