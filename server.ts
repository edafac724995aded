// Starts the server and stops it; compose.ts builds its parts.
import { AsyncLocalStorage } from "node:async_hooks";
import type { Server } from "node:http";
import { type Config, ConfigError, readConfig } from "#lib/config.ts";
import { SOCKET_PATH } from "#lib/contract/events.ts";
import { createCliFiles } from "#lib/http/cli-files.ts";
import { createFront } from "#lib/http/front.ts";
import { createHttpServer, listen } from "#lib/http/listen.ts";
import { readPackedFiles } from "#lib/http/packed-files.ts";
import { type Pages, preparePages } from "#lib/http/pages.ts";
import { createLog, type Log } from "#lib/log.ts";
import { messageOf } from "#lib/message-of.ts";
import { type RequestContext, setRuntime } from "#lib/runtime.ts";
import { createAddedHeaders } from "#lib/secrets/added-headers.ts";
import { makeSealer, openSealer } from "#lib/secrets/open-sealer.ts";
import { reseal, sealLeftHeaders } from "#lib/secrets/reseal.ts";
import { openDatabase } from "#lib/store/database.ts";
import { StartError } from "#lib/store/start-error.ts";
import { createStore } from "#lib/store/store.ts";
import { compose, type Parts } from "./compose.ts";

const STOP_MS_MAX = 25_000;
/** How long requests that are still arriving may take when the server stops. */
const FINISH_MS = 5_000;

const dev = process.argv.includes("--dev");
Object.assign(process.env, {
  NODE_ENV: dev ? "development" : "production",
  NEXT_TELEMETRY_DISABLED: "1",
  // Of libuv's four threads two may look up names: two that hang would hold up every forward of every bin.
  UV_THREADPOOL_SIZE: process.env["UV_THREADPOOL_SIZE"] ?? "32",
});

const run = process.argv.includes("--reseal") ? resealAll : start;
run().catch((error: unknown) => {
  const expected =
    error instanceof ConfigError || error instanceof StartError || isPortTaken(error);
  console.error(expected ? `Hooklens can't start. ${startMessage(error)}` : error);
  process.exit(1);
});

async function start(): Promise<void> {
  const config = readConfig(process.env, { dev, root: import.meta.dirname });
  const log = createLog(config.logLevel);
  warnOfBodiesWithoutRoom(config, log);
  const database = await openDatabase(config, log);
  const store = createStore(database);
  const sealer = await openSealer({ config, embedded: database.embedded, store }).catch(
    (error: unknown) => database.stop().then(() => Promise.reject(error)),
  );
  const addedHeaders = createAddedHeaders(sealer);
  if (sealer) await sealLeftHeaders(store, addedHeaders);
  const pages = await preparePages(config);
  let port = config.port;
  const ownAddress = () => ({ host: reachable(config.host), port });
  const parts = compose({ config, database, store, sealer, addedHeaders, ownAddress, log });

  let stopping = false;
  const requestContext = new AsyncLocalStorage<RequestContext>();
  const { access, manage, forwarder, browserForwarder } = parts;
  const health = async () => {
    const up = database.isUp();
    const status = up && !stopping ? ("ok" as const) : ("unavailable" as const);
    return { status, version: config.version, database: up ? ("up" as const) : ("down" as const) };
  };
  setRuntime({
    config,
    log,
    access,
    manage,
    forwarder,
    browserForwarder,
    health,
    requestContext,
  });
  const server = serverOf({ config, parts, pages, requestContext, isStopping: () => stopping });
  for (const part of [parts.hints, parts.live, parts.relay, ...parts.background]) part.start();
  const listening = await listen(server, config.host, config.port);
  port = listening.port;
  greet(config.publicUrl, [database.description, database.note]);

  onEnd(log, async (exitCode) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
    listening.close();
    await stopParts(server, parts);
    await database.stop();
    process.exit(exitCode);
  });
}

type Served = {
  config: Config;
  parts: Parts;
  pages: Pages;
  requestContext: AsyncLocalStorage<RequestContext>;
  isStopping: () => boolean;
};

/** The HTTP server, with whom each request and each upgrade goes to. */
function serverOf({ config, parts, pages, requestContext, isStopping }: Served): Server {
  const { capture, sockets, client } = parts;
  const front = createFront({
    config,
    capture,
    sockets,
    client,
    cliFiles: createCliFiles(config),
    packedFiles: readPackedFiles(config),
    next: pages.handle,
    requestContext,
    isStopping,
  });
  const isReload = (url: string) => dev && url.startsWith("/_next/");
  return createHttpServer({
    request: front.handle,
    shouldUpgrade: ({ url = "" }) => url.startsWith(SOCKET_PATH) || isReload(url),
    upgrade: (request, socket, head) => {
      socket.on("error", () => socket.destroy());
      if (!front.isOwn(request))
        socket.end("HTTP/1.1 421 Misdirected Request\r\nConnection: close\r\n\r\n");
      else if (isReload(request.url ?? "")) pages.handleUpgrade(request, socket, head);
      else sockets.handleUpgrade(request, socket, head);
    },
  });
}

/** What has been begun is finished, from the outside in: requests, sockets, work by itself, what is still to be written. */
async function stopParts(server: Server, parts: Parts): Promise<void> {
  const { capture, relay, live, hints, sockets, background, writers } = parts;
  const closeIdle = setInterval(() => server.closeIdleConnections(), 100);
  server.closeIdleConnections();
  await capture.drain(FINISH_MS);
  await relay.stop();
  live.stop();
  await hints.stop();
  await sockets.stop();
  await Promise.all(background.map((part) => part.stop()));
  server.closeAllConnections();
  clearInterval(closeIdle);
  await Promise.all(writers.map((writer) => writer.stop()));
}

function onEnd(log: Log, stop: (exitCode: number) => Promise<void>): void {
  whenNpmIsGone(() => void stop(0));
  process.on("SIGTERM", () => void stop(0));
  process.on("SIGINT", () => void stop(0));
  // Next listens for these as well and would let a half-broken process live on.
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "uncaught exception");
    void stop(1);
  });
  process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled rejection"));
}

/** `npm run reseal`: what older keys of SECRET_KEY sealed is sealed with the first; then it ends. */
async function resealAll(): Promise<void> {
  const config = readConfig(process.env, { root: import.meta.dirname });
  const database = await openDatabase(config, createLog("error"));
  try {
    const sealer = makeSealer({ config, embedded: database.embedded }, false);
    if (!sealer)
      throw new StartError("SECRET_KEY is not set: give the new key first, then the old.");
    const dropLost = process.argv.includes("--drop-lost");
    const { resealed, lost } = await reseal(createStore(database), sealer, { dropLost });
    console.log(`Sealed anew with the first key: ${resealed}`);
    if (lost > 0)
      console.log(`Opened by no key, ${dropLost ? "removed" : "left as they are"}: ${lost}`);
    process.exitCode = lost > 0 && !dropLost ? 1 : 0;
  } finally {
    await database.stop();
  }
}

/** A bin gets a quarter of the buffer: a body that is larger would always end in 503. */
function warnOfBodiesWithoutRoom({ capture }: Config, log: Log): void {
  const share = Math.floor(capture.bufferBytes / 4);
  if (capture.bodyBytesMax <= share) return;
  log.warn(
    `Bodies over ${share} bytes get a 503, though MAX_BODY_BYTES allows ${capture.bodyBytesMax}: set CAPTURE_BUFFER_BYTES to four times that.`,
  );
}

/** A name by which this machine reaches what listens there. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  return host === "::" ? "::1" : host;
}

function greet(publicUrl: string, [data, note]: [string, string | null]): void {
  const more = note ? `\n            ${note}` : "";
  console.log(`\n  Hooklens  ${publicUrl}\n  Data      ${data}${more}\n  Stop      Ctrl-C\n`);
}

/** SIGTERM to `npm start` ends npm and its shell, and leaves us behind: nobody would know how to stop us. */
function whenNpmIsGone(call: () => void): void {
  if (!/^(start|dev)$/.test(process.env["npm_lifecycle_event"] ?? "")) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && call(), 500).unref();
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

function startMessage(error: unknown): string {
  if (!isPortTaken(error)) return messageOf(error);
  return `Port ${process.env["PORT"] ?? 3000} is taken: stop what uses it, or set PORT to another one.`;
}
