import { beforeAll, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import type { FieldError } from "#lib/errors.ts";
import { createCall, mint } from "#tests/helpers/call.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";

const call = createCall(server);
let bin: BinMinted;

beforeAll(async () => {
  bin = await mint(call);
});

const set = (response: unknown) =>
  call("PATCH", `/api/bins/${bin.id}`, { key: bin.key, body: { response } });
const header = (name: string, value = "x") => ({ headers: [[name, value]] });
const kib = (count: number) => "x".repeat(count * 1024);

const refused: [string, unknown, string][] = [
  ["status below 200", { status: 199 }, "/status"],
  ["status above 599", { status: 600 }, "/status"],
  ["status with a fraction", { status: 200.5 }, "/status"],
  ["status as text", { status: "200" }, "/status"],
  ["name with a space", header("a b"), "/headers/0/0"],
  ["empty name", header(""), "/headers/0/0"],
  ["name with a colon", header("a:"), "/headers/0/0"],
  ["name beyond ASCII", header("\u00e9"), "/headers/0/0"],
  ["CR in a value", header("a", "b\rc"), "/headers/0/1"],
  ["LF in a value", header("a", "b\nc"), "/headers/0/1"],
  ["NUL in a value", header("a", "b\0c"), "/headers/0/1"],
  ["value above U+00FF", header("a", "\u0100"), "/headers/0/1"],
  ["a pair of three", { headers: [["a", "b", "c"]] }, "/headers/0"],
  ["65 headers", { headers: Array.from({ length: 65 }, () => ["a", "b"]) }, "/headers"],
  ["over 16 KiB of headers", header("a", kib(16)), "/headers"],
  ["Content-Length", header("Content-Length", "3"), "/headers/0/0"],
  ["Transfer-Encoding", header("transfer-encoding", "chunked"), "/headers/0/0"],
  ["Trailer", header("Trailer"), "/headers/0/0"],
  ["Connection", header("CONNECTION", "close"), "/headers/0/0"],
  ["Keep-Alive", header("Keep-Alive"), "/headers/0/0"],
  ["Proxy-Connection", header("Proxy-Connection"), "/headers/0/0"],
  ["Upgrade", header("Upgrade"), "/headers/0/0"],
  ["Hooklens-*", header("hooklens-Request-Id"), "/headers/0/0"],
  ["204 with a body", { status: 204, body: "x" }, "/body"],
  ["205 with a body", { status: 205, bodyBase64: "YQ==" }, "/bodyBase64"],
  ["304 with a body", { status: 304, body: "x" }, "/body"],
  ["body over 256 KiB", { body: `${kib(256)}x` }, "/body"],
  ["both kinds of body", { body: "a", bodyBase64: "YQ==" }, "/bodyBase64"],
  ["bad base64", { bodyBase64: "*" }, "/bodyBase64"],
  ["negative delay", { delayMs: -1 }, "/delayMs"],
  ["delay over 30 s", { delayMs: 30_001 }, "/delayMs"],
  ["delay with a fraction", { delayMs: 0.5 }, "/delayMs"],
  ["unknown field", { delay: 1 }, "/delay"],
];

test.each(refused)("refused with its place: %s", async (_, response, place) => {
  const answer = await set(response);
  const problem = answer.json<{ code: string; errors: FieldError[] }>();
  expect([answer.status, problem.code]).toEqual([422, "invalid_fields"]);
  expect(problem.errors.map((error) => error.pointer)).toEqual([`/response${place}`]);
  expect(problem.errors[0]?.detail).toMatch(/^[A-Z0-9].{5,}/);
});

const accepted: [string, unknown][] = [
  ["lowest status", { status: 200 }],
  ["highest status", { status: 599 }],
  ["every byte that a value can hold", header("a", "\t\u0001 \u007f\u0080\u00ff")],
  ["64 headers", { headers: Array.from({ length: 64 }, (_, place) => [`a${place}`, "b"]) }],
  ["16 KiB of headers", header("a", "x".repeat(16 * 1024 - 5))],
  ["a body of 256 KiB", { body: kib(256), headers: [] }],
  ["the longest delay", { delayMs: 30_000 }],
  [
    "duplicates in their order",
    {
      headers: [
        ["b", "1"],
        ["A", "2"],
        ["B", "3"],
      ],
    },
  ],
];

test.each(accepted)("accepted: %s", async (_, response) => {
  const answer = await set(response);
  expect(answer.status).toBe(200);
  expect(answer.json().response).toMatchObject(response as object);
});

test("what may not leave this host is kept, listed and not sent", async () => {
  const headers = [
    ["Set-Cookie", "a=b"],
    ["X-Ok", "1"],
    ["NEL", "{}"],
    ["set-cookie", "c=d"],
  ];
  const shown = await set({ status: 200, headers, body: "x", delayMs: 0 });
  expect(shown.json().response).toMatchObject({
    headers,
    strippedHeaders: ["Set-Cookie", "NEL", "set-cookie"],
  });
  const captured = await call("GET", `/in/${bin.id}`);
  expect(captured.headers).toMatchObject({ "x-ok": "1", "content-security-policy": "sandbox" });
  expect(captured.headers["set-cookie"]).toBeUndefined();
  expect(captured.headers["nel"]).toBeUndefined();
});
