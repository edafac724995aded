import path from "node:path";
import { describe, expect, test } from "vitest";
import { asText, headerText } from "#lib/copy-as/bytes.ts";
import { oddExported, writeExport } from "#tests/helpers/odd-exported.ts";
import { sdk } from "./sdk.ts";

const all = oddExported();
const MADE_BY_CLIENTS = new Set(["host", "content-length", "transfer-encoding", "connection"]);
const given = (headers: readonly [string, string][]) =>
  headers.filter(([name]) => !MADE_BY_CLIENTS.has(name.toLowerCase()));
const readable = (value: string) => headerText(value) ?? value;

type Har = {
  log: {
    entries: {
      request: {
        method: string;
        url: string;
        headers: { name: string; value: string }[];
        postData?: { text: string; _encoding?: "base64" };
      };
    }[];
  };
};

describe("a HAR file", () => {
  const har = JSON.parse(writeExport("har", all)) as Har;

  test("is one by HAR's own schema", async () => {
    const validator = sdk<{ har: (file: unknown) => Promise<unknown> }>("har-validator");
    await expect(validator.har(har)).resolves.toBeTruthy();
  });

  test("holds each header in its place and each byte of a body", () => {
    for (const [index, { request, body }] of all.entries()) {
      const entry = har.log.entries[index]?.request;
      expect(entry?.headers.map(({ name, value }) => [name, value])).toEqual(request.headers);
      const { text = "", _encoding } = entry?.postData ?? {};
      expect(Buffer.from(text, _encoding ?? "utf8").equals(body), request.target).toBe(true);
    }
  });
});

type Collection = {
  items: {
    all(): {
      request: {
        method: string;
        url: { toString(): string };
        headers: { all(): { key: string; value: string }[] };
        body?: { raw: string };
      };
    }[];
  };
};

test("Postman's own SDK reads what a Postman collection must hold of each request", () => {
  const { Collection } = sdk<{ Collection: new (json: unknown) => Collection }>(
    "postman-collection",
  );
  const read = new Collection(JSON.parse(writeExport("postman", all))).items.all();
  expect(read.length).toBe(all.length);
  for (const [index, { request, body }] of all.entries()) {
    const { method, headers, body: readBody } = read[index]?.request ?? {};
    expect(method).toBe(request.method);
    expect(headers?.all().map(({ key, value }) => [key, value])).toEqual(
      given(request.headers).map(([name, value]) => [name, readable(value)]),
    );
    expect(readBody?.raw ?? "").toBe(asText(body) ?? "");
  }
  const urls = read.map((item) => item.request.url.toString());
  const plain = all.flatMap(({ request: { target } }, index) =>
    /^[\w/?=&.-]*$/.test(target) ? [[urls[index], `{{baseUrl}}${target}`]] : [],
  );
  expect(plain.length).toBeGreaterThan(50);
  expect(plain.map(([url]) => url)).toEqual(plain.map(([, target]) => target));
});

type Region = {
  request?: {
    method: string;
    url: string;
    headers: Record<string, string | string[]>;
    body?: string;
  };
};
type Httpyac = {
  io: { fileProvider: object };
  store: {
    HttpFileStore: new () => {
      getOrCreate(
        name: string,
        read: () => Promise<string>,
        version: number,
        options: { workingDir: string },
      ): Promise<{ httpRegions: Region[] }>;
    };
  };
};

/** Methods that httpYac takes for the beginning of a URL. */
const UNKNOWN_METHODS =
  /^(?:M-SEARCH|PURGE|QUERY|SOURCE|LINK|UNLINK|REBIND|UNBIND|ACL|UNSUBSCRIBE|SUBSCRIBE|NOTIFY|CHECKOUT|MERGE|MKACTIVITY|MKCALENDAR|REPORT|SEARCH|BIND)$/;

test("httpYac reads each request of a .http file as it was, or the file says what it left out", async () => {
  const { io, store } = sdk<Httpyac>("httpyac");
  Object.assign(io.fileProvider, {
    EOL: "\n",
    isAbsolute: async (file: string) => path.isAbsolute(file),
    dirname: (file: string) => path.dirname(file),
    hasExtension: (file: string, ...ends: string[]) => ends.some((end) => file.endsWith(`.${end}`)),
    joinPath: path.join,
    exists: async () => false,
    readdir: async () => [],
    fsPath: (file: string) => file,
    toString: String,
  });
  const text = writeExport("http", all);
  const file = await new store.HttpFileStore().getOrCreate("/odd.http", async () => text, 0, {
    workingDir: "/",
  });
  const read = file.httpRegions.flatMap(({ request }) => request ?? []);
  expect(read.length).toBe(all.length);
  const sections = text.split(/^### /m).slice(1);
  for (const [index, { request, body }] of all.entries()) {
    const region = read[index];
    const isBodyOut = sections[index]?.includes(" is left out: ") ?? false;
    if (!UNKNOWN_METHODS.test(request.method)) expect(region?.method).toBe(request.method);
    // It keeps one of several that are equal, and trims what Unicode calls white space.
    const pairs = Object.entries(region?.headers ?? {}).flatMap(([name, value]) =>
      [value].flat().map((one) => `${name}: ${one}`),
    );
    const sent = given(request.headers).map(
      ([name, value]) => `${name}: ${readable(value).trim()}`,
    );
    expect(new Set(pairs)).toEqual(new Set(sent));
    if (!isBodyOut) expect(region?.body ?? "").toBe(asText(body));
  }
});

test("csv-parse reads a row for each request, and no cell begins as a formula", () => {
  const { parse } = sdk<{
    parse: (text: string, options: object) => Record<string, string>[];
  }>("csv-parse/sync");
  const [first] = all;
  if (!first) throw new Error("There are none.");
  const evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "\uff1d1", '","=1'];
  const dangerous = evil.map((text) => ({
    ...first,
    request: { ...first.request, target: text, contentType: text, headers: [] },
    body: Buffer.from(text),
  }));
  const rows = parse(writeExport("csv", [...all, ...dangerous]), { bom: true, columns: true });
  expect(rows.length).toBe(all.length + evil.length);
  const cells = rows.flatMap((row) => Object.values(row));
  expect(cells.filter((cell) => /^[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(cell))).toEqual([]);
  expect(rows.slice(all.length).map(({ body }) => body)).toEqual(
    evil.map((text) => (text.startsWith('"') ? text : `'${text}`)),
  );
  for (const [index, { request, body }] of all.entries()) {
    const row = rows[index];
    expect(row).toMatchObject({ seq: String(request.seq), body_sha256: request.bodySha256 });
    expect(JSON.parse(row?.headers ?? "")).toEqual(request.headers);
    if (row?.body_is === "whole") expect(row.body).toBe(asText(body));
  }
});
