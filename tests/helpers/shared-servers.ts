import { inject } from "vitest";
import { startServer, type TestServer } from "./server.ts";

/** What a test file may know of a server that others use as well: nobody ends it, or looks at what it prints. */
export type SharedServer = { origin: string; port: number };

export type SharedServers = {
  near: SharedServer;
  far: SharedServer;
  databaseUrl: string;
  env: Record<string, string>;
};

const answer = await fetch(inject("sharedServers"));
const shared = (await answer.json()) as SharedServers;

/**
 * Two processes on one database, for all test files that need no settings, limits or end of their own: each has its own
 * bins. They start when the first file asks.
 */
export const { near, far, databaseUrl } = shared;

/** A third one on that database, for one file alone. It ends with the file, if not before. */
export const startBeside = (env: Record<string, string> = {}): Promise<TestServer> =>
  startServer({ databaseUrl, env: { ...shared.env, ...env } });
