import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ApiError } from "#lib/contract/calls.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { createDestinationClient } from "#lib/contract/destination-client.ts";
import { createResendClient, type ResendClient } from "#lib/contract/resend-client.ts";
import { RESENDS_RUNNING_MAX } from "#lib/contract/resend-limits.ts";
import { scenarioClient } from "#lib/contract/scenario-client.ts";
import { followed, redirectOf } from "#lib/forward/redirect.ts";
import type { ForwardCreate } from "#lib/contract/forwards.ts";
import { DESTINATIONS_MAX } from "#lib/contract/destination-limits.ts";
import { createDatabase, type TestDatabase } from "#tests/helpers/database.ts";
import { mintBin, onlyAttempt } from "#tests/helpers/forwarding.ts";
import { answering, hasIpv6, type RawTarget, startRawTarget } from "#tests/helpers/raw-target.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

const ANSWER = answering("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");

/** Each with what stands in for PORT: the canary's. */
const atCanary = [
  "http://127.0.0.1:PORT/",
  "http://127.0.0.1:PORT",
  "HTTP://127.0.0.1:PORT/",
  "hTTp://127.0.0.1:PORT/latest/meta-data/",
  "http://localhost:PORT/",
  "http://LOCALHOST:PORT/",
  "http://localhost.:PORT/",
  "http://anything.localhost:PORT/",
  "http://127.1:PORT/",
  "http://127.0.1:PORT/",
  "http://127.255.255.254:PORT/",
  "http://0:PORT/",
  "http://0.0.0.0:PORT/",
  "http://0x7f.1:PORT/",
  "http://0x7f000001:PORT/",
  "http://0X7F.0x0.0x0.0x1:PORT/",
  "http://2130706433:PORT/",
  "http://017700000001:PORT/",
  "http://0177.0.0.1:PORT/",
  "http://0177.0.0.0x1:PORT/",
  "http://00000177.0.0.1:PORT/",
  "http://[::1]:PORT/",
  "http://[0:0:0:0:0:0:0:1]:PORT/",
  "http://[::]:PORT/",
  "http://[::ffff:127.0.0.1]:PORT/",
  "http://[::FFFF:7f00:1]:PORT/",
  "http://[::127.0.0.1]:PORT/",
  "http://[::ffff:0:127.0.0.1]:PORT/",
  "http://[64:ff9b::7f00:1]:PORT/",
  "http://[64:ff9b:1::7f00:1]:PORT/",
  "http://[2002:7f00:1::1]:PORT/",
  "http://[2001:0:7f00:1::1]:PORT/",
  "http://[::1%25lo]:PORT/",
  "http://[fe80::1%25lo]:PORT/",
  "http://①②⑦.⓪.⓪.①:PORT/",
  "http://127。0。0。1:PORT/",
  "http://%31%32%37.0.0.1:PORT/",
  "http://user:pass@127.0.0.1:PORT/",
  "http://1.1.1.1@127.0.0.1:PORT/",
  "http://127.0.0.1:PORT@1.1.1.1/",
  "http://1.1.1.1#@127.0.0.1:PORT/\u0020",
  "http://1.1.1.1\\@127.0.0.1:PORT/",
  "http://127.0.0.1:PORT\\@1.1.1.1/",
  "http:\\\\127.0.0.1:PORT\\",
  "http:/127.0.0.1:PORT/",
  "http:127.0.0.1:PORT/",
  "//127.0.0.1:PORT/",
  "\thttp://127.0.0.1:PORT/",
  "http://127.0.0.1:PORT/\r\nX-Injected: 1",
  "http://127.0.0.1\u0000.example.com:PORT/",
  "http://127.0.0.1%00.example.com:PORT/",
  "https://127.0.0.1:PORT/",
  "ws://127.0.0.1:PORT/",
  "ftp://127.0.0.1:PORT/",
  "gopher://127.0.0.1:PORT/_GET%20/",
  "file:///etc/passwd",
  "data:text/plain,hi",
];

const elsewhere = [
  "http://169.254.169.254/latest/meta-data/",
  "http://169.254.170.2/v2/credentials/",
  "http://[fd00:ec2::254]/latest/meta-data/",
  "http://[fd20:ce::254]/computeMetadata/v1/",
  "http://100.100.100.200/latest/meta-data/",
  "http://192.0.0.192/latest/",
  "http://168.63.129.16/metadata",
  "http://2852039166/latest/meta-data/",
  "http://[::ffff:a9fe:a9fe]/",
  "http://[64:ff9b::a9fe:a9fe]/",
  "http://10.0.0.1/",
  "http://172.16.0.1/",
  "http://192.168.0.1/",
  "http://100.64.0.1/",
  "http://198.18.0.1/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
  "http://[fc00::1]/",
  "http://[ff02::1]/",
];

let database: TestDatabase;
let server: TestServer;
let canaries: RawTarget[];
let bin: Awaited<ReturnType<typeof mintBin>>;
let requestId: string;

beforeAll(async () => {
  database = await createDatabase();
  // A public server behind a proxy: nothing private is open, though it listens on loopback.
  const env = { HOST: "127.0.0.1", TRUST_PROXY: "loopback", FORWARD_RATE: "0" };
  server = await startServer({ databaseUrl: database.url, env });
  const v4 = await startRawTarget({ onConnection: ANSWER });
  canaries = [v4];
  if (hasIpv6) {
    canaries.push(await startRawTarget({ host: "::1", port: v4.port, onConnection: ANSWER }));
  }
  bin = await mintBin(server.origin);
  requestId = await bin.capture();
});

afterAll(async () => {
  await Promise.all(canaries?.map((canary) => canary.close()) ?? []);
  await server?.stop();
  await database?.drop();
});

/** Why the attempt came to nothing: a refusal of the URL, or of the address that it leads to. */
async function attempt(to: string, input: object = {}): Promise<string> {
  const response = await bin.post(requestId, { to, ...input });
  const answer = await response.json();
  if (response.status !== 201)
    return `${response.status} ${answer.code} ${answer.errors?.[0]?.pointer}`;
  const { error, status, bodySize } = onlyAttempt(answer);
  return status === null && bodySize === 0 ? `201 ${answer.state} ${error?.code}` : "ANSWERED";
}

/** The destinations of a bin of its own for each twenty of them, and what came of one request to each. */
async function sendByDestinations(urls: readonly string[]): Promise<string[]> {
  const bins = Array.from({ length: Math.ceil(urls.length / DESTINATIONS_MAX) }, (_, index) =>
    urls.slice(index * DESTINATIONS_MAX, (index + 1) * DESTINATIONS_MAX),
  );
  return (await Promise.all(bins.map(sendToAll))).flat();
}

async function sendToAll(urls: readonly string[]): Promise<string[]> {
  const own = await mintBin(server.origin);
  const api = createDestinationClient(createApiClient({ origin: server.origin, key: own.key }));
  const refused: string[] = [];
  for (const url of urls) {
    const added = await api.add(own.id, { url, retry: { maxAttempts: 1 } }).catch(pointerOf);
    if (typeof added === "string") refused.push(added);
  }
  const requestId = await own.capture();
  const { items } = await api.list(own.id);
  const ended = await until(async () => {
    const { items: forwards } = await own.list(requestId);
    const over = forwards.filter(({ state }) => state === "dead" || state === "delivered");
    return over.length >= items.length && over;
  }, "the destinations' forwards");
  return [
    ...refused,
    ...ended.map(({ state, attempts }) => `${state} ${attempts[0]?.error?.code}`),
  ];
}

/** What came of a resend of one request to each; a bin has only so many at a time. */
async function resendTo(urls: readonly string[]): Promise<string[]> {
  const refused: string[] = [];
  const ends: Promise<string[]>[] = [];
  for (let at = 0; at < urls.length; at += RESENDS_RUNNING_MAX) {
    const own = await mintBin(server.origin);
    const api = createResendClient(createApiClient({ origin: server.origin, key: own.key }));
    await own.capture();
    for (const to of urls.slice(at, at + RESENDS_RUNNING_MAX)) {
      const begun = await api.add(own.id, { to }).catch(pointerOf);
      if (typeof begun === "string") refused.push(begun);
    }
    ends.push(endsOf(api, own.id));
  }
  return [...refused, ...(await Promise.all(ends)).flat()];
}

async function endsOf(api: ResendClient, binId: string): Promise<string[]> {
  const done = await until(async () => {
    const { items } = await api.list(binId);
    return items.every(({ state }) => state === "done") && items;
  }, "the resends to be over");
  const reports = await Promise.all(done.map(({ id }) => api.get(binId, id)));
  return reports.map(({ counts, failures }) => `${counts.dead} dead ${failures[0]?.reason}`);
}

/** What came of a scenario's call to each: as many run at a time as a bin may have. */
async function callByScenarios(urls: readonly string[]): Promise<string[]> {
  const api = scenarioClient(createApiClient({ origin: server.origin, key: bin.key }), bin.id);
  const left = [...urls];
  const lanes = ["first", "second", "third"].map(async (name) => {
    const results: string[] = [];
    const sourceOf = (url = "") => JSON.stringify({ name, steps: [{ call: `GET ${url}` }] });
    const { id } = await api.add(sourceOf("http://192.0.2.1/"));
    for (let url = left.pop(); url !== undefined; url = left.pop()) {
      await api.change(id, sourceOf(url));
      for await (const line of api.run(id, null, AbortSignal.timeout(30_000))) {
        if (!("run" in line)) continue;
        const [step] = line.run.steps;
        results.push(`${step?.state} ${step?.status} ${step?.error}`);
      }
    }
    return results;
  });
  return (await Promise.all(lanes)).flat();
}

/** What a person's click sends when a target answers so. */
function followingOf(location: string): ForwardCreate | null {
  const asked = { to: "http://192.0.2.1/hook", method: "POST" };
  const headers: [string, string][] = [["Location", location]];
  const redirect = redirectOf({ status: 307, headers, url: asked.to }, asked);
  const [way] = redirect?.ways ?? [];
  if (!redirect || !way) return null;
  const captured = { method: "POST", headers: [], provider: null };
  return followed(captured, { resigned: false }, redirect, way).input;
}

const pointerOf = (error: unknown) =>
  error instanceof ApiError ? `${error.status} ${error.errors[0]?.pointer}` : String(error);

const REFUSED = /^(422 invalid_fields \/to|201 failed (private_target|dns))$/;

describe("no spelling leads the server to its own network", () => {
  test.each(atCanary)("%j", async (to) => {
    const url = to.replaceAll("PORT", String(canaries[0]?.port));
    expect(await attempt(url)).toMatch(REFUSED);
    expect(await attempt(url, { append: true, edit: { target: "/x" } })).toMatch(REFUSED);
  });

  test.each(elsewhere)("%s", async (to) => {
    expect(await attempt(to)).toBe("201 failed private_target");
  });

  test("nor a destination, which needs no person", async () => {
    const urls = atCanary.map((url) => url.replaceAll("PORT", String(canaries[0]?.port)));
    const results = await sendByDestinations([...urls, ...elsewhere]);
    expect(results).toHaveLength(urls.length + elsewhere.length);
    for (const result of results) expect(result).toMatch(/^(422 \/url|dead (private_target|dns))$/);
  });

  test("nor a resend", async () => {
    const urls = atCanary.map((url) => url.replaceAll("PORT", String(canaries[0]?.port)));
    const results = await resendTo([...urls, ...elsewhere]);
    expect(results).toHaveLength(urls.length + elsewhere.length);
    for (const result of results)
      expect(result).toMatch(/^(422 \/to|1 dead (private_target|dns))$/);
  });

  test("nor a scenario's call", async () => {
    const urls = atCanary
      // Without the space behind it, which a call does not have, it is a public server's.
      .filter((url) => !url.endsWith(" "))
      .map((url) => url.replaceAll("PORT", String(canaries[0]?.port)));
    const results = await callByScenarios([...urls, ...elsewhere]);
    expect(results).toHaveLength(urls.length + elsewhere.length);
    for (const result of results) expect(result).toMatch(/^failed null \S/);
  });

  test("nor a redirect that a person follows", async () => {
    const locations = [...atCanary, ...elsewhere].map((url) =>
      url.replaceAll("PORT", String(canaries[0]?.port)),
    );
    // Another scheme has no button. What is no URL by itself is a path at the target, and a URL parser reads two of them
    // as a public server's.
    const targets = locations
      .map((location) => followingOf(location)?.to)
      .filter((to) => to !== undefined)
      .filter((to) => !/^http:\/\/(192\.0\.2\.1|1\.1\.1\.1)\//.test(to));
    expect(targets.length).toBeGreaterThan(60);
    const outcomes = await Promise.all(targets.map((to) => attempt(to, { append: false })));
    for (const outcome of outcomes) expect(outcome).toMatch(REFUSED);
  });

  test("an edit can't carry a second request or another host line by line", async () => {
    for (const edit of [
      { target: "/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" },
      { target: "http://127.0.0.1/" },
      { method: "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET" },
      { headers: [["X", "1\r\nHost: 127.0.0.1"]] },
      { headers: [["X: 1\r\nHost", "127.0.0.1"]] },
    ]) {
      expect(await attempt("http://192.0.2.1/", { edit })).toMatch(/^422 invalid_fields \/edit\//);
    }
  });

  test("words say which address it was and what would allow it, and nothing of what is there", async () => {
    const { port } = canaries[0] as RawTarget;
    const closed = onlyAttempt(await bin.forward(requestId, { to: "http://127.0.0.1:1/" }));
    const open = onlyAttempt(await bin.forward(requestId, { to: `http://127.0.0.1:${port}/` }));
    expect(open.error?.message).toMatch(
      /127\.0\.0\.1 is a loopback address.*ALLOW_PRIVATE_TARGETS/,
    );
    expect(open.error).toEqual(closed.error);
  });

  afterAll(async () => {
    for (const canary of canaries) expect(canary.connections()).toBe(0);
    await fetch(`http://127.0.0.1:${canaries[0]?.port}/`);
    expect(canaries[0]?.connections(), "the canary sings when it is reached").toBe(1);
  });
});
