import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { startServer, stopAllServers } from "./server.ts";
import type { SharedServers } from "./shared-servers.ts";

/** Room for what many files do at once, and two pins, so that a third can be refused. */
const SETTINGS = {
  MINT_RATE: "0",
  FORWARD_RATE: "0",
  SECRET_KEY: "of-no-use-anywhere-else",
  MAX_PINS_PER_BIN: "2",
  MAX_PINNED_BYTES_PER_BIN: String(2 * 1024 * 1024),
};

/** A door at which test files ask for the servers that they share; the first to ask has them started. */
export async function offerServers(makeDatabase: () => Promise<string>) {
  let started: Promise<SharedServers> | undefined;
  const door = http.createServer(async (_request, response) => {
    started ??= makeDatabase().then(start);
    response.end(JSON.stringify(await started));
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  const close = async () => {
    door.close();
    await stopAllServers();
  };
  return { url, close };
}

async function start(databaseUrl: string): Promise<SharedServers> {
  const options = { databaseUrl, env: SETTINGS };
  const [near, far] = await Promise.all([startServer(options), startServer(options)]);
  const place = ({ origin, port }: { origin: string; port: number }) => ({ origin, port });
  return { near: place(near), far: place(far), ...options };
}
