import { beforeAll, describe, expect, test } from "vitest";
import type { BinMinted, Key, KeyMinted, Page } from "#lib/contract/bins.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import type { ShareMinted } from "#lib/contract/shares.ts";
import { type Answer, cookieOf, createCall, mint } from "#tests/helpers/call.ts";
import { findRoutes } from "#tests/helpers/find-routes.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";

/**
 * What each call answers to whom. `none` knows the bin's id and shows nothing; `other` has another bin's key; `revoked`
 * a key of this bin that was; `share` the token of a share of this bin; `captureUrl` takes what a sender knows for a
 * key; `browser` is another browser's session. The last four come with what opens the bin: `cookieOnly` with its
 * session and no Origin, `foreign` with the key and another site's Origin, `nullOrigin` the same from a sandbox, `host`
 * with the key and another Host.
 */
const WHO = [
  "none",
  "other",
  "revoked",
  "share",
  "captureUrl",
  "browser",
  "cookieOnly",
  "foreign",
  "nullOrigin",
  "host",
] as const;
type Who = (typeof WHO)[number];

const read = [401, 403, 403, 403, 403, 403, 200, 200, 200, 421];
const write = [401, 403, 403, 403, 403, 403, 403, 403, 403, 421];
const open = [200, 200, 200, 200, 200, 200, 200, 200, 200, 421];
const nothing = [404, 404, 404, 404, 404, 404, 404, 404, 404, 421];
const shared = [401, 403, 403, 200, 403, 403, 200, 200, 200, 421];

const table: Record<string, number[]> = {
  "GET /api/[[...rest]]": nothing,
  "POST /api/[[...rest]]": nothing,
  "GET /api/bins": open,
  "POST /api/bins": [201, 201, 201, 201, 201, 201, 201, 403, 403, 421],
  "GET /api/bins/[bin]": read,
  "PATCH /api/bins/[bin]": write,
  "DELETE /api/bins/[bin]": write,
  "GET /api/bins/[bin]/keys": read,
  "POST /api/bins/[bin]/keys": write,
  "DELETE /api/bins/[bin]/keys/[id]": write,
  "GET /api/bins/[bin]/requests": read,
  "PATCH /api/bins/[bin]/requests": write,
  "DELETE /api/bins/[bin]/requests": write,
  "GET /api/bins/[bin]/requests/[id]": read,
  "PATCH /api/bins/[bin]/requests/[id]": write,
  "DELETE /api/bins/[bin]/requests/[id]": write,
  "GET /api/bins/[bin]/requests/[id]/body": read,
  "GET /api/bins/[bin]/requests/[id]/raw": read,
  "GET /api/bins/[bin]/requests/[id]/forwards": read,
  "POST /api/bins/[bin]/requests/[id]/forwards": write,
  "POST /api/bins/[bin]/requests/[id]/browser-forwards": write,
  "POST /api/bins/[bin]/browser-forwards/[id]": write,
  "POST /api/bins/[bin]/requests/[id]/experiments": write,
  "GET /api/bins/[bin]/requests/[id]/signature": read,
  "GET /api/bins/[bin]/requests/[id]/thread": read,
  "GET /api/bins/[bin]/export": read,
  "POST /api/bins/[bin]/export": write,
  "GET /api/bins/[bin]/export/size": read,
  "POST /api/bins/[bin]/import": write,
  "GET /api/bins/[bin]/samples": read,
  "POST /api/bins/[bin]/samples": write,
  "GET /api/bins/[bin]/secrets": read,
  "POST /api/bins/[bin]/secrets": write,
  "PATCH /api/bins/[bin]/secrets/[id]": write,
  "DELETE /api/bins/[bin]/secrets/[id]": write,
  "GET /api/bins/[bin]/destinations": read,
  "POST /api/bins/[bin]/destinations": write,
  "GET /api/bins/[bin]/destinations/[id]": read,
  "PATCH /api/bins/[bin]/destinations/[id]": write,
  "DELETE /api/bins/[bin]/destinations/[id]": write,
  "GET /api/bins/[bin]/destinations/[id]/forwards": read,
  "POST /api/bins/[bin]/destinations/[id]/replay": write,
  "GET /api/bins/[bin]/resends": read,
  "POST /api/bins/[bin]/resends": write,
  "POST /api/bins/[bin]/resends/plan": write,
  "GET /api/bins/[bin]/resends/[id]": read,
  "DELETE /api/bins/[bin]/resends/[id]": write,
  "POST /api/bins/[bin]/resends/[id]/stop": write,
  "GET /api/bins/[bin]/resends/[id]/forwards": read,
  "GET /api/bins/[bin]/resends/[id]/file": read,
  "GET /api/bins/[bin]/filters": read,
  "POST /api/bins/[bin]/filters": write,
  "PATCH /api/bins/[bin]/filters/[id]": write,
  "DELETE /api/bins/[bin]/filters/[id]": write,
  "GET /api/bins/[bin]/labels": read,
  "GET /api/bins/[bin]/search/suggestions": read,
  "GET /api/bins/[bin]/listeners": read,
  "DELETE /api/bins/[bin]/listeners/[name]": write,
  "GET /api/bins/[bin]/scenarios": read,
  "POST /api/bins/[bin]/scenarios": write,
  "POST /api/bins/[bin]/scenarios/check": write,
  "GET /api/bins/[bin]/scenarios/[id]": read,
  "PATCH /api/bins/[bin]/scenarios/[id]": write,
  "DELETE /api/bins/[bin]/scenarios/[id]": write,
  "POST /api/bins/[bin]/scenarios/[id]/runs": write,
  "GET /api/bins/[bin]/environments": read,
  "PUT /api/bins/[bin]/environments/[name]": write,
  "DELETE /api/bins/[bin]/environments/[name]": write,
  "GET /api/bins/[bin]/shapes": read,
  "GET /api/bins/[bin]/shapes/marks": read,
  "GET /api/bins/[bin]/shape": read,
  "GET /api/bins/[bin]/requests/[id]/shape": read,
  "GET /api/bins/[bin]/documents": read,
  "POST /api/bins/[bin]/documents": write,
  "GET /api/bins/[bin]/documents/[id]": read,
  "PUT /api/bins/[bin]/documents/[id]": write,
  "DELETE /api/bins/[bin]/documents/[id]": write,
  "GET /api/bins/[bin]/shares": read,
  "POST /api/bins/[bin]/shares": write,
  "POST /api/bins/[bin]/shares/preview": write,
  "DELETE /api/bins/[bin]/shares/[id]": write,
  "GET /api/shares/[share]": shared,
  "GET /api/shares/[share]/requests": shared,
  "GET /api/shares/[share]/requests/[id]": shared,
  "GET /api/shares/[share]/requests/[id]/body": shared,
  "GET /api/shares/[share]/requests/[id]/raw": shared,
  "GET /api/health": open,
  // Only a key makes a browser remember, and only a cookie says which browser forgets.
  "PUT /api/session/bins/[bin]": [401, 403, 403, 403, 403, 401, 403, 403, 403, 421],
  "DELETE /api/session/bins/[bin]": [401, 401, 401, 401, 401, 403, 403, 403, 403, 421],
  "PUT /api/session/shares/[share]": [401, 403, 403, 204, 403, 401, 403, 403, 403, 421],
  // Pages are shells without data: everybody gets the same one.
  "GET /": open,
  "GET /b/[bin]": open,
  "GET /b/[bin]/destinations": open,
  "GET /b/[bin]/scenarios": open,
  "GET /b/[bin]/settings": open,
  "GET /b/[bin]/resends": open,
  "GET /b/[bin]/shape": open,
  "GET /s/[share]": open,
};

const SECRET = "qz7-nobody-else-may-read-this";

const call = createCall(server);
let bin: BinMinted;
let other: BinMinted;
let ids: Record<"request" | "key" | "destination" | "resend" | "document" | "scenario", string>;
let share: ShareMinted;
let credentials: Record<Who, Record<string, string>>;

beforeAll(async () => {
  bin = await mint(call, { name: SECRET, response: { body: SECRET } });
  other = await mint(call);
  await call("POST", `/in/${bin.id}/${SECRET}`, { body: SECRET, headers: { "X-Secret": SECRET } });
  share = (await call("POST", `/api/bins/${bin.id}/shares`, { key: bin.key })).json<ShareMinted>();
  credentials = await makeCredentials();
  ids = {
    request: await newestRequest(),
    key: await firstKey(),
    destination: await addDestination(),
    resend: await addResend(),
    document: await addDocument(),
    scenario: await addScenario(),
  };
  await annotate();
});

async function makeCredentials(): Promise<Record<Who, Record<string, string>>> {
  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
  const page = { Origin: server.origin };
  const revoked = (
    await call("POST", `/api/bins/${bin.id}/keys`, { key: bin.key })
  ).json<KeyMinted>();
  await call("DELETE", `/api/bins/${bin.id}/keys/${revoked.id}`, { key: bin.key });
  const own = await call("PUT", `/api/session/bins/${bin.id}`, { key: bin.key, headers: page });
  const browser = await call("POST", "/api/bins", { headers: page });
  return {
    none: {},
    other: bearer(other.key),
    revoked: bearer(revoked.key),
    share: bearer(share.token),
    captureUrl: bearer(bin.id),
    browser: { ...page, Cookie: cookieOf(browser) },
    cookieOnly: { Cookie: cookieOf(own) },
    foreign: { ...bearer(bin.key), Origin: "https://evil.example" },
    nullOrigin: { ...bearer(bin.key), Origin: "null" },
    host: { ...bearer(bin.key), Host: "evil.example" },
  };
}

async function newestRequest(): Promise<string> {
  const answer = await call("GET", `/api/bins/${bin.id}/requests`, { key: bin.key });
  return answer.json<Page<RequestSummary>>().items[0]?.id ?? "";
}

async function firstKey(): Promise<string> {
  const answer = await call("GET", `/api/bins/${bin.id}/keys`, { key: bin.key });
  return answer.json<Page<Key>>().items[0]?.id ?? "";
}

/** Disabled: it stays as it is. */
async function addDestination(): Promise<string> {
  const body = { url: `http://127.0.0.1:1/${SECRET}`, enabled: false };
  const answer = await call("POST", `/api/bins/${bin.id}/destinations`, { key: bin.key, body });
  return answer.json<{ id: string }>().id;
}

/** To where nothing listens: it is over soon, and listed. */
async function addResend(): Promise<string> {
  const body = { to: `http://127.0.0.1:1/${SECRET}` };
  const answer = await call("POST", `/api/bins/${bin.id}/resends`, { key: bin.key, body });
  return answer.json<{ id: string }>().id;
}

async function addDocument(): Promise<string> {
  const body = { name: SECRET, text: JSON.stringify({ title: SECRET }) };
  const answer = await call("POST", `/api/bins/${bin.id}/documents`, { key: bin.key, body });
  return answer.json<{ id: string }>().id;
}

async function addScenario(): Promise<string> {
  const source = `name: ${SECRET}\nsteps:\n  - call: GET http://127.0.0.1:1/${SECRET}\n`;
  const environment = { variables: [{ name: "host", value: SECRET }] };
  const put = await call("PUT", `/api/bins/${bin.id}/environments/here`, {
    key: bin.key,
    body: environment,
  });
  expect(put.status).toBe(200);
  const answer = await call("POST", `/api/bins/${bin.id}/scenarios`, {
    key: bin.key,
    body: { source },
  });
  return answer.json<{ id: string }>().id;
}

async function annotate(): Promise<void> {
  const body = { note: SECRET, labels: [SECRET], pinned: true };
  const path = `/api/bins/${bin.id}/requests/${ids.request}`;
  const answer = await call("PATCH", path, { key: bin.key, body });
  expect(answer.status).toBe(200);
  const filter = { name: SECRET, q: `label:${SECRET}` };
  const saved = await call("POST", `/api/bins/${bin.id}/filters`, { key: bin.key, body: filter });
  expect(saved.status).toBe(201);
}

/** A row's path with this bin's ids in it. */
const pathOf = (row: string, binId = bin.id) =>
  row
    .slice(row.indexOf(" ") + 1)
    .replace("[[...rest]]", "nothing/here")
    .replace("[bin]", binId)
    .replace("[share]", share.id)
    .replace("shares/[id]", `shares/${share.id}`)
    .replace("keys/[id]", `keys/${ids.key}`)
    .replace("documents/[id]", `documents/${ids.document}`)
    .replace("scenarios/[id]", `scenarios/${ids.scenario}`)
    .replace("resends/[id]/file", `resends/${ids.resend}/file?format=csv`)
    .replace("resends/[id]", `resends/${ids.resend}`)
    .replace("destinations/[id]", `destinations/${ids.destination}`)
    .replace("[id]", ids.request)
    .replace("[name]", "nobody")
    .replace("marks", "marks?from=1&to=1")
    .replace(/([a-z0-9]{20}\/shape)$/, "$1?q=body:nothing")
    .replace(/export$/, "export?format=ndjson");

const ask = (row: string, who: Who, binId = bin.id): Promise<Answer> =>
  call(row.slice(0, row.indexOf(" ")), pathOf(row, binId), { headers: credentials[who] });

describe("the table", () => {
  test("has a row for every page and for every method of every route, and no other", async () => {
    const { routes, pages } = findRoutes();
    const rows = pages.map((path) => `GET ${path}`);
    for (const path of routes) {
      const answer = await call("OPTIONS", pathOf(`OPTIONS ${path}`));
      const methods = answer.headers.allow?.split(", ") ?? ["GET", "POST"];
      rows.push(
        ...methods.filter((method) => method !== "HEAD").map((method) => `${method} ${path}`),
      );
    }
    expect(Object.keys(table).sort()).toEqual(rows.sort());
  });

  test.each(Object.keys(table))("%s", async (row) => {
    const statuses: number[] = [];
    for (const who of WHO) {
      const answer = await ask(row, who);
      statuses.push(answer.status);
      if (row.includes("/api/")) expectApiHeaders(answer, `${row} ${who}`);
      const isRefusal = answer.status >= 400;
      const isShared = who === "share" && row.includes("/shares/[share]");
      const opens =
        (isShared || ["cookieOnly", "foreign", "nullOrigin"].includes(who)) && !isRefusal;
      if (!opens) expect(answer.text, `${row} ${who}`).not.toContain(SECRET);
      if (isRefusal) expect(answer.text).not.toMatch(/hl[ks]_(?!\.\.\.)|hooklens_session=/);
    }
    expect(Object.fromEntries(WHO.map((who, place) => [who, statuses[place]]))).toEqual(
      Object.fromEntries(WHO.map((who, place) => [who, table[row]?.[place]])),
    );
  });

  test("left the bin as it was", async () => {
    const shown = (await call("GET", `/api/bins/${bin.id}`, { key: bin.key })).json();
    expect(shown).toMatchObject({ name: SECRET, requestCount: 1, lastSeq: 1, revision: 0 });
    const keys = (await call("GET", `/api/bins/${bin.id}/keys`, { key: bin.key })).json<
      Page<Key>
    >();
    expect(keys.items).toHaveLength(1);
  });
});

function expectApiHeaders({ headers, status }: Answer, place: string): void {
  const names = Object.keys(headers).filter((name) => name.startsWith("access-control"));
  expect(names, place).toEqual([]);
  expect(headers["cache-control"], place).toBe("no-store");
  if (status !== 421) expect(headers["x-content-type-options"], place).toBe("nosniff");
  if (status === 401) expect(headers["www-authenticate"], place).toBe("Bearer");
  if (status >= 400) expect(headers["content-type"], place).toBe("application/problem+json");
}

describe("a refusal tells nothing", () => {
  const binRows = Object.keys(table).filter(
    (row) => row.includes("/api/") && row.includes("[bin]"),
  );

  test.each(["other", "browser", "captureUrl"] as const)(
    "to %s a full bin looks like an empty one",
    async (who) => {
      const empty = await mint(call);
      for (const row of binRows) {
        const [full, blank] = [await ask(row, who), await ask(row, who, empty.id)];
        expect(full.status, row).toBe(blank.status);
        expect(full.bytes.toString(), row).toBe(blank.bytes.toString());
      }
    },
  );

  test("an unknown bin is 404, a deleted one 410, and neither without a credential", async () => {
    const gone = await mint(call);
    await call("DELETE", `/api/bins/${gone.id}`, { key: gone.key });
    for (const row of binRows.filter((each) => !each.includes("/session/"))) {
      expect((await ask(row, "other", "a".repeat(20))).json().code, row).toBe("bin_not_found");
      expect((await ask(row, "other", "NOT-A-BIN")).json().code, row).toBe("bin_not_found");
      expect((await ask(row, "other", gone.id)).json().code, row).toBe("bin_gone");
      expect((await ask(row, "none", gone.id)).json().code, row).toBe("unauthenticated");
      expect((await ask(row, "none", "a".repeat(20))).json().code, row).toBe("unauthenticated");
    }
  });

  test("a preflight of another site gets no leave", async () => {
    for (const path of findRoutes().routes) {
      const headers = { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" };
      const answer = await call("OPTIONS", pathOf(`OPTIONS ${path}`), { headers });
      expect(answer.status, path).toBeGreaterThanOrEqual(404);
      expect(answer.text.toLowerCase()).not.toContain("access-control");
    }
  });

  test("the capture URL answers, and shows nothing of the bin", async () => {
    const headers = { Authorization: `Bearer ${bin.key}` };
    for (const method of ["GET", "HEAD", "OPTIONS", "PROPFIND"]) {
      const answer = await call(method, `/in/${other.id}/api/bins/${bin.id}/requests`, { headers });
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(SECRET);
    }
  });
});

test("files are the same for everybody and hold nothing", async () => {
  const { publicFiles } = findRoutes();
  expect(publicFiles.length).toBeGreaterThan(0);
  for (const file of publicFiles) {
    for (const who of WHO) {
      const answer = await call("GET", file, { headers: credentials[who] });
      expect(answer.status, `${file} ${who}`).toBe(who === "host" ? 421 : 200);
      expect(answer.text).not.toContain(SECRET);
    }
  }
});
