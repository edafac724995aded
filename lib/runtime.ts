import type { AsyncLocalStorage } from "node:async_hooks";
import type { Access } from "./access.ts";
import type { Config } from "./config.ts";
import type { Health } from "./contract/bins.ts";
import type { BrowserForwarder } from "./forward/browser-forwarder.ts";
import type { Forwarder } from "./forward/forwarder.ts";
import type { Log } from "./log.ts";
import type { Manage } from "./manage/manage.ts";

/** What server.ts knows of the request that a route is serving. */
export type RequestContext = {
  /** The client's address by the TRUST_PROXY rule. */
  remoteAddress: string;
  /** Scheme and host as the client sees them. */
  origin: string;
  /** Next drops a route's own Content-Length; a download without one shows no progress. */
  setContentLength: (bytes: number) => void;
};

export type Runtime = {
  config: Config;
  log: Log;
  access: Access;
  manage: Manage;
  forwarder: Forwarder;
  browserForwarder: BrowserForwarder;
  health: () => Promise<Health>;
  requestContext: AsyncLocalStorage<RequestContext>;
};

const slot = globalThis as typeof globalThis & { __hooklens?: Runtime };

/** Set once by server.ts. Next loads its own copies of lib/, so what is built there is reached through globalThis. */
export function setRuntime(runtime: Runtime): void {
  slot.__hooklens = runtime;
}

export function runtime(): Runtime {
  if (!slot.__hooklens)
    throw new Error("The server is not started: run `npm start`, not `next start`.");
  return slot.__hooklens;
}
