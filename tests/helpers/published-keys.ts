import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** A server that publishes sets of keys, a new one each time that it is asked; after the last that one again. */
export async function publishKeys(...sets: object[][]) {
  let asked = 0;
  const server = http.createServer((_, response) => {
    const keys = sets[Math.min(asked, sets.length - 1)];
    asked += 1;
    const headers = { "Content-Type": "application/json", "Cache-Control": "public, max-age=600" };
    response.writeHead(200, headers).end(JSON.stringify({ keys }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/keys`,
    asked: () => asked,
    close: () => server.close(),
  };
}
