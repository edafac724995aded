import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { handlerCases } from "#tests/helpers/handler-samples.ts";
import { until } from "#tests/helpers/until.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "hooklens-handlers-"));
symlinkSync(path.join(import.meta.dirname, "sdks/node_modules"), path.join(folder, "node_modules"));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Hono's app is handed its requests by Node's own server, as its documents for Node show. */
const HONO_SERVER = `
import http from "node:http";
http.createServer(async (incoming, outgoing) => {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = "http://" + incoming.headers.host + incoming.url;
  const { method, headers } = incoming;
  const answer = await app.fetch(new Request(url, { method, headers, body: method === "POST" ? Buffer.concat(chunks) : undefined }));
  outgoing.writeHead(answer.status).end(await answer.text());
}).listen(process.env.PORT);
`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

const WANTED = new Set(["stripe", "github", "svix", "shopify", "square", "slack"]);

for (const kind of ["express", "hono"] as const) {
  test(`the handler for ${kind} takes what is genuine and nothing else, as a program of its own`, async () => {
    const cases = handlerCases(kind, Date.now()).filter(({ name }) =>
      WANTED.has(name.split(":")[0] ?? ""),
    );
    expect(cases.length).toBeGreaterThanOrEqual(6);
    for (const [at, { name, code, setting, secret, url, samples }] of cases.entries()) {
      const port = await freePort();
      const file = path.join(folder, `${kind}-${at}.mjs`);
      // At the path for which the sender signed.
      const { origin: signedOrigin, pathname, search } = new URL(url);
      const placed = code.replace(/"\/webhooks\/[\w-]+"/, JSON.stringify(pathname));
      writeFileSync(file, kind === "hono" ? placed + HONO_SERVER : placed);
      const env = { ...process.env, [setting]: secret, PORT: String(port) };
      const origin = `http://127.0.0.1:${port}`;
      const child = spawn(process.execPath, [file], {
        env: { ...env, PUBLIC_ORIGIN: signedOrigin },
        stdio: ["ignore", "ignore", "inherit"],
      });
      running.push(child);
      await until(
        () =>
          fetch(origin).then(
            () => true,
            () => false,
          ),
        `${name} to listen`,
      );
      for (const { what, headers, body, isGenuine } of samples) {
        const sent = { "Content-Type": "application/json", ...Object.fromEntries(headers) };
        const answer = await fetch(origin + pathname + search, {
          method: "POST",
          headers: sent,
          body,
        });
        const expected = isGenuine ? 200 : 401;
        expect([name, what, answer.status]).toEqual([name, what, expected]);
      }
      child.kill();
    }
  });
}
