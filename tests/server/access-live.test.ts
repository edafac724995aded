import { setTimeout as sleep } from "node:timers/promises";
import { io } from "socket.io-client";
import { beforeAll, describe, expect, test } from "vitest";
import type { BinMinted, KeyMinted } from "#lib/contract/bins.ts";
import { type HandshakeRefusal, SOCKET_PATH } from "#lib/contract/events.ts";
import { cookieOf, createCall, mint } from "#tests/helpers/call.ts";
import { TestListener } from "#tests/helpers/listener.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";
import { until } from "#tests/helpers/until.ts";

const SECRET = "qz7-nobody-else-may-read-this";

const call = createCall(server);
let bin: BinMinted;
let other: BinMinted;

beforeAll(async () => {
  bin = await mint(call, { name: SECRET });
  other = await mint(call);
});

type Seen = { refusal: HandshakeRefusal | string | null; events: string };

/** What a socket gets in a while: its refusal, and everything it was ever told. */
async function watch(
  namespace: string,
  auth: object,
  headers: Record<string, string> = {},
): Promise<Seen> {
  const socket = io(`${server.origin}${namespace}`, {
    path: SOCKET_PATH,
    transports: ["websocket"],
    auth,
    extraHeaders: headers,
    reconnection: false,
    forceNew: true,
  });
  const seen: Seen = { refusal: null, events: "" };
  socket.onAny((...event: unknown[]) => {
    seen.events += JSON.stringify(event);
  });
  const settled = new Promise<void>((resolve) => {
    socket.once("connect", () => resolve());
    socket.once("connect_error", (error: Error & { data?: HandshakeRefusal }) => {
      seen.refusal = error.data ?? error.message;
      resolve();
    });
  });
  await settled;
  // A page is told of what comes after its first event; a refused socket, and a listener, get none.
  for (let tries = 0; tries < 100 && namespace === "/live" && nothingYet(seen); tries++) {
    await sleep(20);
  }
  await call("POST", `/in/${bin.id}/${SECRET}`, { body: SECRET });
  await sleep(300);
  socket.close();
  return seen;
}

const nothingYet = ({ refusal, events }: Seen) => refusal === null && events === "";

const refused = (code: string, status: number) => ({ refusal: { code, status }, events: "" });

describe("/live", () => {
  test("opens with the key, or with this browser's cookie from our own page", async () => {
    const own = await call("PUT", `/api/session/bins/${bin.id}`, {
      key: bin.key,
      headers: { Origin: server.origin },
    });
    for (const [auth, headers] of [
      [{ bin: bin.id, key: bin.key }, {}],
      [{ bin: bin.id }, { Origin: server.origin, Cookie: cookieOf(own) }],
    ] as const) {
      const seen = await watch("/live", auth, headers);
      expect(seen.refusal).toBeNull();
      expect(seen.events).toContain(SECRET);
    }
  });

  test("without a credential, or with one that opens something else", async () => {
    const page = { Origin: server.origin };
    const browser = cookieOf(await call("POST", "/api/bins", { headers: page }));
    const second = (
      await call("POST", `/api/bins/${bin.id}/keys`, { key: bin.key })
    ).json<KeyMinted>();
    await call("DELETE", `/api/bins/${bin.id}/keys/${second.id}`, { key: bin.key });
    expect(await watch("/live", { bin: bin.id })).toEqual(refused("unauthenticated", 401));
    expect(await watch("/live", { bin: bin.id }, page)).toEqual(refused("unauthenticated", 401));
    for (const key of [other.key, second.key, bin.id, `hlk_${"0".repeat(32)}`]) {
      expect(await watch("/live", { bin: bin.id, key })).toEqual(refused("forbidden", 403));
    }
    expect(await watch("/live", { bin: bin.id }, { ...page, Cookie: browser })).toEqual(
      refused("forbidden", 403),
    );
  });

  test("from another site's page, with whatever it brings", async () => {
    const own = await call("PUT", `/api/session/bins/${bin.id}`, {
      key: bin.key,
      headers: { Origin: server.origin },
    });
    const cookie = { Cookie: cookieOf(own) };
    for (const [auth, headers] of [
      [{ bin: bin.id, key: bin.key }, { Origin: "https://evil.example" }],
      [{ bin: bin.id, key: bin.key }, { Origin: "null" }],
      [{ bin: bin.id }, { ...cookie, Origin: "https://evil.example" }],
      [{ bin: bin.id }, { ...cookie, Origin: "null" }],
      [{ bin: bin.id }, cookie],
    ] as const) {
      expect(await watch("/live", auth, headers)).toEqual(refused("cross_site", 403));
    }
  });

  test("a bin that is unknown or gone", async () => {
    const gone = await mint(call);
    await call("DELETE", `/api/bins/${gone.id}`, { key: gone.key });
    expect(await watch("/live", { bin: gone.id, key: gone.key })).toEqual(refused("bin_gone", 410));
    const unknown = { bin: "a".repeat(20), key: bin.key };
    expect(await watch("/live", unknown)).toEqual(refused("bin_not_found", 404));
  });

  test("another bin's page hears nothing of this one", async () => {
    const seen = await watch("/live", { bin: other.id, key: other.key });
    expect(seen.refusal).toBeNull();
    expect(seen.events).not.toContain(SECRET);
  });
});

describe("/relay", () => {
  test("opens with the key, and then hands over what is captured", async () => {
    const listener = new TestListener(server.origin, bin);
    await listener.ready();
    await call("POST", `/in/${bin.id}/${SECRET}`);
    const { request } = await until(() => listener.deliveries[0], "the delivery");
    expect(request.target).toContain(SECRET);
    listener.close();
  });

  test("never by a browser's cookie, nor without a key, nor with one that opens something else", async () => {
    const own = await call("PUT", `/api/session/bins/${bin.id}`, {
      key: bin.key,
      headers: { Origin: server.origin },
    });
    const page = { Origin: server.origin, Cookie: cookieOf(own) };
    expect(await watch("/relay", { bin: bin.id }, page)).toEqual(refused("invalid_fields", 422));
    for (const key of [other.key, bin.id, `hlk_${"0".repeat(32)}`]) {
      expect(await watch("/relay", { bin: bin.id, key }, page)).toEqual(refused("forbidden", 403));
    }
    const unknown = { bin: "a".repeat(20), key: bin.key };
    expect(await watch("/relay", unknown)).toEqual(refused("bin_not_found", 404));
    const gone = await mint(call);
    await call("DELETE", `/api/bins/${gone.id}`, { key: gone.key });
    expect(await watch("/relay", { bin: gone.id, key: gone.key })).toEqual(
      refused("bin_gone", 410),
    );
  });

  test("not from another site's page, with whatever it brings", async () => {
    for (const Origin of ["https://evil.example", "null"]) {
      expect(await watch("/relay", { bin: bin.id, key: bin.key }, { Origin })).toEqual(
        refused("cross_site", 403),
      );
    }
  });

  test("another bin's listener hears nothing of this one", async () => {
    const seen = await watch("/relay", { bin: other.id, key: other.key });
    expect(seen.refusal).toBeNull();
    expect(seen.events).not.toContain(SECRET);
  });
});

test("no other namespace opens, and none says a word", async () => {
  for (const namespace of ["/admin", `/${bin.id}`]) {
    const seen = await watch(namespace, { bin: bin.id, key: bin.key });
    expect(seen, namespace).toEqual({ refusal: "Invalid namespace", events: "" });
  }
  expect((await watch("/", { bin: bin.id, key: bin.key })).events).toBe("");
});

test("another Host reaches no socket, and long polling is no way around", async () => {
  const seen = await watch("/live", { bin: bin.id, key: bin.key }, { Host: "evil.example" });
  expect(seen).toEqual({ refusal: "websocket error", events: "" });
  const path = `${SOCKET_PATH}/?EIO=4&transport=polling`;
  expect((await call("GET", path, { headers: { Host: "evil.example" } })).status).toBe(421);
  const polling = await call("GET", path);
  expect(polling.status).toBeGreaterThanOrEqual(400);
  expect(polling.text.toLowerCase()).not.toContain("access-control");
});
