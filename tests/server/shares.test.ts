import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted, Page } from "#lib/contract/bins.ts";
import type { CapturedRequest, RequestPage, RequestSummary } from "#lib/contract/requests.ts";
import type {
  Share,
  ShareCreate,
  SharedView,
  ShareMinted,
  SharePreview,
} from "#lib/contract/shares.ts";
import { type Call, cookieOf, createCall, mint } from "#tests/helpers/call.ts";
import { refusalOf, tapLive } from "#tests/helpers/live-socket.ts";
import { useTwoServers } from "#tests/helpers/two-servers.ts";
import { until } from "#tests/helpers/until.ts";

const EMAIL = "jane.roe@example.com";
const CARD = "4242424242424242";
const TOKEN = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
const HEADER = "internal-header-value";
const NAME = "Ludmilla Q. Placeholder";
const HIDE = {
  headers: ["x-internal"],
  paths: ["customer.name"],
  cards: true,
  tokens: true,
  emails: true,
};
/** No door of a share may give any of these, nor the bin's id. */
const SECRETS = [EMAIL, CARD, TOKEN, HEADER, NAME, encodeURIComponent(EMAIL)];

const servers = useTwoServers();
let call: Call;
let bin: BinMinted;
let requests: RequestSummary[];

const bodyOf = (kind: string) =>
  JSON.stringify({
    kind,
    customer: { name: NAME, email: EMAIL },
    card: CARD,
    key: TOKEN,
    note: `to ${NAME}`,
  });

beforeAll(async () => {
  call = createCall(servers.near);
  bin = await mint(call);
  await call("PATCH", `/api/bins/${bin.id}`, {
    key: bin.key,
    body: { response: { headers: [["X-Own", HEADER]], body: HEADER } },
  });
  await send("plain", bodyOf("plain"));
  await send("packed", gzipSync(bodyOf("packed")), { "Content-Encoding": "gzip" });
  await send(
    "form",
    `kind=form&customer.name=${encodeURIComponent(NAME)}&to=${encodeURIComponent(EMAIL)}`,
    {
      "Content-Type": "application/x-www-form-urlencoded",
    },
  );
  await send("binary", Buffer.from([0, 1, 2, ...Buffer.from(EMAIL)]), {
    "Content-Type": "application/pdf",
  });
  await send("nothing", '{"kind":"nothing"}');
  requests = (await list(bin.key, `/api/bins/${bin.id}`)).items;
});

afterAll(() => expect(requests).toHaveLength(5));

const send = (kind: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  call("POST", `/in/${bin.id}/hook/${encodeURIComponent(EMAIL)}?k=${kind}&token=${TOKEN}`, {
    body,
    headers: {
      "X-Internal": HEADER,
      Authorization: `Bearer ${TOKEN}`,
      "X-Mail": `<${EMAIL}>`,
      ...headers,
    },
  });

async function share(wanted: ShareCreate = {}, of = bin): Promise<ShareMinted> {
  const answer = await call("POST", `/api/bins/${of.id}/shares`, {
    key: of.key,
    body: { hide: HIDE, ...wanted },
  });
  expect(answer.status).toBe(201);
  return answer.json<ShareMinted>();
}

const list = async (key: string, root: string, query = ""): Promise<RequestPage> =>
  (await call("GET", `${root}/requests${query}`, { key })).json<RequestPage>();

function expectClean(text: string, place: string): void {
  for (const secret of [...SECRETS, bin.id, bin.key]) expect(text, place).not.toContain(secret);
}

describe("no door of a share gives what it hides", () => {
  test("the list, each request with its body, decoded and raw, in each form", async () => {
    const { id, token: key } = await share();
    const root = `/api/shares/${id}`;
    const doors = [root, `${root}/requests`, `${root}/requests?limit=2`];
    for (const request of requests) {
      const one = `${root}/requests/${request.id}`;
      doors.push(one, `${one}/body`, `${one}/body?decoded=true`, `${one}/raw`);
    }
    for (const door of doors) {
      const answer = await call("GET", door, { key });
      expect(answer.status, door).toBe(200);
      expectClean(answer.text + answer.bytes.toString("latin1"), door);
    }
    const shown = await list(key, root);
    expect(shown.items.map(({ seq }) => seq)).toEqual([5, 4, 3, 2, 1]);
    const plain = await call("GET", `${root}/requests/${requests[4]?.id}/body`, { key });
    expect(plain.json()).toEqual({
      kind: "plain",
      customer: { name: "[hidden:value]", email: "[hidden:email]" },
      card: "[hidden:card]",
      key: "[hidden:token]",
      note: "to [hidden:value]",
    });
    const untouched = await call("GET", `${root}/requests/${requests[0]?.id}/body`, { key });
    expect(untouched.bytes.toString()).toBe('{"kind":"nothing"}');
  });

  test("what the owner's own list looks like stays as it is", async () => {
    const one = await call("GET", `/api/bins/${bin.id}/requests/${requests[4]?.id}/body`, {
      key: bin.key,
    });
    expect(one.bytes.toString()).toBe(bodyOf("plain"));
  });

  test("a search by a hidden value finds nothing, a search by what is shown does; errors tell nothing", async () => {
    const { id, token: key } = await share();
    const root = `/api/shares/${id}`;
    const queries = [
      ...SECRETS.map((secret) => JSON.stringify(secret)),
      `header.x-internal:${HEADER}`,
      `body.customer.email:${EMAIL}`,
      `body.customer.name:"${NAME}"`,
      `body.card:${CARD}`,
      `query.token:${TOKEN}`,
      `path:*jane*`,
      `size:${requests[4]?.bodySize}`,
      `id:${bin.id}`,
    ];
    // A busy machine gives a search in several pages.
    const search = async (q: string) => {
      const found: RequestSummary[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const at = cursor === "" ? "" : `&cursor=${cursor}`;
        const { items, next }: RequestPage = await list(
          key,
          root,
          `?q=${encodeURIComponent(q)}${at}`,
        );
        found.push(...items);
        cursor = next;
      }
      return found;
    };
    for (const q of queries) expect(await search(q), q).toEqual([]);
    expect(await search("body.kind:plain")).toHaveLength(1);
    expect(await search('"hidden:card"')).toHaveLength(2);
    for (const door of [
      `${root}/requests?q=%28`,
      `${root}/requests/${bin.id}`,
      `${root}/requests/x/body`,
      `${root}/nothing`,
    ]) {
      expectClean((await call("GET", door, { key })).text, door);
    }
  });

  test("the socket, in this process and in another, for what comes, goes and changes", async () => {
    const own = await mint(call);
    const shared = await share({}, own);
    for (const { origin } of [servers.near, servers.far]) {
      const tap = await tapLive(origin, { share: shared.id, key: shared.token });
      await tap.next("requests");
      const seen = tap.seqs().length;
      await call("POST", `/in/${own.id}/${encodeURIComponent(EMAIL)}`, {
        body: bodyOf("live"),
        headers: { "X-Internal": HEADER },
      });
      await until(() => tap.seqs().length > seen, "the request");
      const isAnswered = () =>
        tap.all("answered").length > 0 ||
        tap.all("requests").some(({ items }) => items.some(({ answered }) => answered !== null));
      await until(isAnswered, "the answer");
      const text = JSON.stringify(tap.heard);
      for (const secret of [...SECRETS, own.id]) expect(text).not.toContain(secret);
      expect(text).toContain("[hidden:email]");
      expect(tap.all("bin")).toEqual([]);
      expect(tap.all("listeners")).toEqual([]);
      tap.close();
    }
  });
});

describe("what a share shows", () => {
  test("a filter's share shows what matches, also live, and tells nothing of the rest", async () => {
    const own = await mint(call);
    await call("POST", `/in/${own.id}/orders`, { body: bodyOf("wanted") });
    await call("POST", `/in/${own.id}/others`, { body: bodyOf("other") });
    const { id, token: key } = await share({ q: `path:/orders "${EMAIL}"` }, own);
    const shown = await list(key, `/api/shares/${id}`);
    expect(shown.items.map(({ seq }) => seq)).toEqual([1]);
    const all = (await list(own.key, `/api/bins/${own.id}`)).items;
    const other = await call("GET", `/api/shares/${id}/requests/${all[0]?.id}`, { key });
    expect(other.status).toBe(404);
    const view = await call("GET", `/api/shares/${id}`, { key });
    expect(view.text).not.toContain(EMAIL);
    const tap = await tapLive(servers.far.origin, { share: id, key });
    await call("POST", `/in/${own.id}/others`, { body: bodyOf("other") });
    await call("POST", `/in/${own.id}/orders`, { body: bodyOf("wanted") });
    await until(() => tap.seqs().length > 0, "the request that matches");
    expect(tap.seqs()).toEqual([4]);
    expect(tap.all("answered").flatMap(({ items }) => items.map(({ seq }) => seq))).not.toContain(
      3,
    );
  });

  test("a filter's share is read again when what matches has changed, in this process and in another", async () => {
    const own = await mint(call);
    await call("POST", `/in/${own.id}/one`, { body: bodyOf("one") });
    const [request] = (await list(own.key, `/api/bins/${own.id}`)).items;
    const { id, token: key } = await share({ q: "label:urgent" }, own);
    const label = (labels: string[]) =>
      call("PATCH", `/api/bins/${own.id}/requests/${request?.id}`, {
        key: own.key,
        body: { labels },
      });
    for (const { origin } of [servers.near, servers.far]) {
      const tap = await tapLive(origin, { share: id, key });
      await tap.next("requests");
      await label(["urgent"]);
      await until(() => tap.all("behind").length === 1, "word that more matches");
      expect((await list(key, `/api/shares/${id}`)).items.map(({ seq }) => seq)).toEqual([1]);
      await label([]);
      await until(() => tap.all("behind").length === 2, "word that less matches");
      expect((await list(key, `/api/shares/${id}`)).items).toEqual([]);
      expect(tap.all("changed")).toEqual([]);
      tap.close();
    }
  });

  test("one request's share shows that, and is not live", async () => {
    const requestId = requests[4]?.id ?? "";
    const { id, token: key } = await share({ requestId, label: "For Joe" });
    expect((await list(key, `/api/shares/${id}`)).items.map(({ seq }) => seq)).toEqual([1]);
    expect(
      (await call("GET", `/api/shares/${id}/requests/${requests[0]?.id}`, { key })).status,
    ).toBe(404);
    const view = (await call("GET", `/api/shares/${id}`, { key })).json<SharedView>();
    expect(view).toMatchObject({ of: "request", label: "For Joe", requestId, url: null });
    expect(await refusalOf(servers.near.origin, { share: id, key })).toEqual({
      code: "not_found",
      status: 404,
    });
  });

  test("the capture URL, when the owner says so", async () => {
    const { id, token: key } = await share({ hide: { ...HIDE, captureUrl: true } });
    const view = (await call("GET", `/api/shares/${id}`, { key })).json<SharedView>();
    expect(view.url).toBe(bin.url);
    const { url } = (
      await call("GET", `/api/shares/${id}/requests/${requests[0]?.id}`, { key })
    ).json<CapturedRequest>();
    expect(url).toContain(`/in/${bin.id}/hook/[hidden:email]?`);
  });
});

describe("who a share lets in", () => {
  test("its token opens nothing else: not the bin, no other share, no listener's stream", async () => {
    const [one, other] = [await share(), await share()];
    expect((await call("GET", `/api/shares/${other.id}`, { key: one.token })).status).toBe(403);
    expect((await call("GET", `/api/shares/${one.id}`)).status).toBe(401);
    for (const auth of [
      { bin: bin.id, key: one.token },
      { share: other.id, key: one.token },
    ]) {
      expect(await refusalOf(servers.near.origin, auth)).toEqual({
        code: "forbidden",
        status: 403,
      });
    }
    const relay = { bin: bin.id, key: one.token, name: "n" };
    expect(await refusalOf(servers.near.origin, relay, {}, "/relay")).toMatchObject({
      status: 403,
    });
  });

  test("a browser by its link, which then needs the link no more, until the share is revoked", async () => {
    const { id, token: key, link } = await share();
    expect(link).toBe(`${bin.dashboardUrl.replace(/\/b\/.*/, "")}/s/${id}#key=${key}`);
    const page = { Origin: servers.near.origin };
    const opened = await call("PUT", `/api/session/shares/${id}`, { key, headers: page });
    const headers = { ...page, Cookie: cookieOf(opened) };
    expect((await call("GET", `/api/shares/${id}`, { headers })).status).toBe(200);
    expect((await call("GET", `/api/bins/${bin.id}`, { headers })).status).toBe(403);
    expect((await call("GET", "/api/bins", { headers })).json<Page<unknown>>().items).toEqual([]);
    const taps = [
      await tapLive(servers.near.origin, { share: id }, headers),
      await tapLive(servers.far.origin, { share: id, key }),
    ];
    expect(
      (await call("DELETE", `/api/bins/${bin.id}/shares/${id}`, { key: bin.key })).status,
    ).toBe(204);
    for (const tap of taps) expect(await tap.next("gone")).toEqual({ code: "share_gone" });
    expect((await call("GET", `/api/shares/${id}`, { headers })).json()).toMatchObject({
      code: "share_gone",
      status: 410,
    });
    expect((await call("PUT", `/api/session/shares/${id}`, { key, headers: page })).status).toBe(
      410,
    );
    expect(
      (await call("DELETE", `/api/bins/${bin.id}/shares/${id}`, { key: bin.key })).status,
    ).toBe(404);
  });

  test("it ends by itself, also where it is open, and with its bin", async () => {
    const own = await mint(call);
    const brief = await share({ expiresInSeconds: 4 }, own);
    const lasting = await share({}, own);
    const tap = await tapLive(servers.near.origin, { share: brief.id, key: brief.token });
    expect(await tap.next("gone", undefined, 30_000)).toEqual({ code: "share_gone" });
    expect((await call("GET", `/api/shares/${brief.id}`, { key: brief.token })).status).toBe(410);
    const other = await tapLive(servers.near.origin, { share: lasting.id, key: lasting.token });
    await call("DELETE", `/api/bins/${own.id}`, { key: own.key });
    expect(await other.next("gone")).toEqual({ code: "share_gone" });
    expect((await call("GET", `/api/shares/${lasting.id}`, { key: lasting.token })).status).toBe(
      410,
    );
  });

  test("the owner sees how often it was opened, and that looking himself counts for nothing", async () => {
    const { id, token: key } = await share({ label: "Counted" });
    for (let visit = 0; visit < 3; visit++) await call("GET", `/api/shares/${id}`, { key });
    await call("GET", `/api/shares/${id}`, { key: bin.key });
    const listed = await until(
      async () => {
        const answer = await call("GET", `/api/bins/${bin.id}/shares`, { key: bin.key });
        expect(answer.text).not.toContain(key);
        const found = answer.json<Page<Share>>().items.find((each) => each.id === id);
        return found && found.opens > 0 ? found : null;
      },
      "the count",
      10_000,
    );
    expect(listed).toMatchObject({ label: "Counted", opens: 1, q: null, requestId: null });
    expect(Date.parse(listed.lastOpenedAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
  });
});

test("a preview counts what rules would hide, with what could be hidden", async () => {
  const answer = await call("POST", `/api/bins/${bin.id}/shares/preview`, {
    key: bin.key,
    body: { hide: HIDE },
  });
  const { requests: looked, hidden, headers, paths } = answer.json<SharePreview>();
  expect(looked).toBe(5);
  expect(hidden).toMatchObject({ header: 5, unreadable: 1 });
  expect(hidden.card).toBeGreaterThan(1);
  expect(headers).toContain("X-Internal");
  expect(paths).toEqual([{ path: "kind", value: "nothing" }]);
});

test.each([
  [{ q: "(" }, 400],
  [{ requestId: "01999999-0000-7000-8000-000000000001" }, 404],
  [{ requestId: "x" }, 422],
  [{ hide: { paths: ["a..b"] } }, 422],
  [{ hide: { headers: ["not a name"] } }, 422],
  [{ expiresInSeconds: 0 }, 422],
  [{ unknown: 1 }, 422],
])("a share that can't be: %o", async (body, status) => {
  expect((await call("POST", `/api/bins/${bin.id}/shares`, { key: bin.key, body })).status).toBe(
    status,
  );
});
