import { afterAll, afterEach, beforeAll } from "vitest";
import { createDatabase, type TestDatabase } from "./database.ts";
import { closeAllListeners } from "./listener.ts";
import { closeAllSockets } from "./live-socket.ts";
import { startServer, type TestServer } from "./server.ts";

export type TwoServers = {
  /** Two processes on one database. */
  near: TestServer;
  far: TestServer;
};

const SECRET_KEY = "of-no-use-anywhere-else";

/** For the top of a test file: what it holds is there once the first test begins. Ends each test's sockets as well. */
export function useTwoServers(): TwoServers {
  const servers: Partial<TwoServers> = {};
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
    const options = { databaseUrl: database.url, env: { MINT_RATE: "0", SECRET_KEY } };
    [servers.near, servers.far] = await Promise.all([startServer(options), startServer(options)]);
  });
  afterEach(() => {
    closeAllListeners();
    closeAllSockets();
  });
  afterAll(async () => {
    await Promise.all([servers.near?.stop(), servers.far?.stop()]);
    await database?.drop();
  });
  return servers as TwoServers;
}
