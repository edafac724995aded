import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPackedFiles } from "#lib/http/packed-files.ts";

const SCRIPT = "export const answer = 42;".repeat(50);
const NAME = "/_next/static/chunks/a.js";

let root: string;
let server: http.Server;

beforeAll(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), "hooklens-packed-"));
  mkdirSync(path.join(root, ".next/static/chunks"), { recursive: true });
  writeFileSync(path.join(root, ".next/static/chunks/a.js.br"), brotliCompressSync(SCRIPT));
  const files = readPackedFiles({ root, dev: false });
  server = http.createServer((request, response) => {
    if (!files.send(request.url ?? "", request, response)) response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

const ask = (name: string, accepted: string, method = "GET") =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${name}`, {
    method,
    headers: { "Accept-Encoding": accepted },
  });

describe("a script of the pages", () => {
  it("comes in brotli to who takes it, to be kept for good", async () => {
    for (const accepted of ["br", "gzip, deflate, br, zstd", "gzip;q=0.5, br;q=0.8"]) {
      const answer = await ask(NAME, accepted);
      expect(answer.headers.get("content-encoding")).toBe("br");
      expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
      expect(answer.headers.get("cache-control")).toContain("immutable");
      expect(answer.headers.get("vary")).toBe("Accept-Encoding");
      expect(await answer.text()).toBe(SCRIPT);
    }
    expect((await ask(NAME, "br", "HEAD")).headers.get("content-encoding")).toBe("br");
  });

  it("is left to Next for everybody else, and what is none of them too", async () => {
    for (const accepted of ["gzip, deflate", "br;q=0", "br;q=0.0, gzip", "brr"]) {
      expect((await ask(NAME, accepted)).status).toBe(204);
    }
    expect((await ask(NAME, "br", "POST")).status).toBe(204);
    expect((await ask("/_next/static/chunks/b.js", "br")).status).toBe(204);
    expect((await ask("/_next/static/chunks/a.js.br", "br")).status).toBe(204);
  });
});
