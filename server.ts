/** The composition root: builds each part, ties them together, starts and stops them. Nobody else constructs. */
import { AsyncLocalStorage } from "node:async_hooks";
import { createAccess } from "#lib/access.ts";
import { createCapture } from "#lib/capture/capture.ts";
import { toSummaries } from "#lib/capture/summary.ts";
import { createChecker } from "#lib/checks/checker.ts";
import { type Config, ConfigError, readConfig } from "#lib/config.ts";
import { SOCKET_PATH } from "#lib/contract/events.ts";
import { createDestinations } from "#lib/destinations/destinations.ts";
import { createCaller } from "#lib/forward/caller.ts";
import { createBrowserForwarder } from "#lib/forward/browser-forwarder.ts";
import { createForwarder } from "#lib/forward/forwarder.ts";
import { createLookups } from "#lib/forward/lookups.ts";
import { createTurns } from "#lib/forward/turns.ts";
import { createCliFiles } from "#lib/http/cli-files.ts";
import { createClientInfo } from "#lib/http/client-info.ts";
import { createFront } from "#lib/http/front.ts";
import { createHttpServer, listen } from "#lib/http/listen.ts";
import { readPackedFiles } from "#lib/http/packed-files.ts";
import { preparePages } from "#lib/http/pages.ts";
import { createHints } from "#lib/live/hints.ts";
import { createLive } from "#lib/live/live.ts";
import { createLog, type Log } from "#lib/log.ts";
import { createManage } from "#lib/manage/manage.ts";
import { createRelay } from "#lib/relay/relay.ts";
import { type RequestContext, setRuntime } from "#lib/runtime.ts";
import { createAddedHeaders } from "#lib/secrets/added-headers.ts";
import { createEnvironments } from "#lib/secrets/environments.ts";
import { createHandshakeFollower } from "#lib/secrets/follow-handshake.ts";
import { createJudge } from "#lib/secrets/judge.ts";
import { makeSealer, openSealer } from "#lib/secrets/open-sealer.ts";
import { createRejudging } from "#lib/secrets/rejudging.ts";
import { reseal, sealLeftHeaders } from "#lib/secrets/reseal.ts";
import { createVault } from "#lib/secrets/vault.ts";
import { verify } from "#lib/signatures/verify.ts";
import { createOpens } from "#lib/shares/opens.ts";
import { createShareReader } from "#lib/shares/reader.ts";
import { createSockets } from "#lib/sockets/sockets.ts";
import { alone } from "#lib/store/alone.ts";
import { createCaptureStore } from "#lib/store/capture-store.ts";
import { openDatabase } from "#lib/store/database.ts";
import { createDestinationStore } from "#lib/store/destination-store.ts";
import { createJanitor } from "#lib/store/janitor.ts";
import { createRelayStore } from "#lib/store/relay-store.ts";
import { REJUDGING_LOCK } from "#lib/store/rejudgings.ts";
import { StartError } from "#lib/store/start-error.ts";
import { createStore } from "#lib/store/store.ts";
import { messageOf } from "./lib/message-of.ts";

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
  const vault = createVault({ store, sealer, log });
  const addedHeaders = createAddedHeaders(sealer);
  if (sealer) await sealLeftHeaders(store, addedHeaders);
  const pages = await preparePages(config);

  const captureStore = createCaptureStore(database, { bins: store.bins, vault }, log);
  const access = createAccess(store);
  const client = createClientInfo(config);
  const requestContext = new AsyncLocalStorage<RequestContext>();
  let stopping = false;

  const sockets = createSockets();
  const hints = createHints({ database, log });
  const door = { config, access, client, log };
  const shareReader = createShareReader({ store, log });
  const opens = createOpens({ store, log });
  const live = createLive({ ...door, sockets, hints, store, shareReader });
  const relayStore = createRelayStore(database, log);
  const relay = createRelay({ ...door, sockets, hints, live, store, relayStore, database });
  const judge = createJudge({
    verify,
    onVerified: vault.touch,
    onError: (error) => log.error({ name: nameOf(error) }, "a signature could not be judged"),
  });
  const capture = createCapture({
    config,
    store: captureStore,
    client,
    listeners: relay.answers,
    judge,
    log,
    onStored(run) {
      const items = live.watching(run.binId) ? toSummaries(run) : [];
      live.captured(run.binId, run.firstSeq, run.lastSeq, items);
    },
    onHandshake: (draft, seq) => followHandshake(draft, seq),
    onAnswered: (binId, items) => live.answered(binId, items),
  });
  const ownPorts = database.embedded
    ? new Map([[Number(new URL(database.url).port), "Hooklens' own database"]])
    : new Map<number, string>();
  const exits = {
    ownPorts,
    takeTurn: createTurns(config.forward.ratePerMinute),
    lookupFor: createLookups(),
  };
  const forwarder = createForwarder({
    ...exits,
    config,
    store,
    live,
    relay,
    log,
    secretsOf: vault.signersOf,
  });
  const browserForwarder = createBrowserForwarder({
    forwarder,
    store,
    live,
    log,
    secretsOf: vault.signersOf,
  });
  const destinationStore = createDestinationStore(database, log);
  const destinations = createDestinations({
    config,
    database,
    store,
    destinationStore,
    hints,
    live,
    secretsOf: vault.signersOf,
    addedHeaders,
    listeners: relay.listeners,
    ownPorts,
    log,
  });
  const rejudging = createRejudging({
    store,
    alone: (work) => alone(database, REJUDGING_LOCK, work),
    vault,
    judge,
    live,
    isUp: () => database.isUp(),
    log,
  });
  let ownPort = config.port;
  const checker = createChecker();
  const manage = createManage({
    config,
    checker,
    ownAddress: () => ({ host: reachable(config.host), port: ownPort }),
    store,
    vault,
    environments: createEnvironments({ store, sealer }),
    addedHeaders,
    chooseListener: (binId, name) => relay.listeners.choose(binId, name),
    forwarder,
    caller: createCaller({ config, ...exits }),
    live,
    shareReader,
    opens,
    hints,
    imports: capture.imports,
    forgetBin: capture.forgetBin,
    rejudge: rejudging.wake,
    rejudgeOne: rejudging.one,
  });
  const followHandshake = createHandshakeFollower({ learn: manage.secrets.learn, forwarder, log });
  const janitor = createJanitor({ config, database, store, live, log });
  live.onBinChanged(capture.forgetBin);

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

  const front = createFront({
    config,
    capture,
    sockets,
    client,
    cliFiles: createCliFiles(config),
    packedFiles: readPackedFiles(config),
    next: pages.handle,
    requestContext,
    isStopping: () => stopping,
  });
  const isReload = (url: string) => dev && url.startsWith("/_next/");
  const server = createHttpServer({
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
  hints.start();
  live.start();
  relay.start();
  janitor.start();
  rejudging.start();
  forwarder.start();
  browserForwarder.start();
  destinations.start();
  const listening = await listen(server, config.host, config.port);
  ownPort = listening.port;
  greet(config.publicUrl, [database.description, database.note]);

  async function stop(exitCode: number): Promise<void> {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
    listening.close();
    const closeIdle = setInterval(() => server.closeIdleConnections(), 100);
    server.closeIdleConnections();
    await capture.drain(FINISH_MS);
    await relay.stop();
    live.stop();
    await hints.stop();
    await sockets.stop();
    await Promise.all([
      janitor.stop(),
      rejudging.stop(),
      forwarder.stop(),
      browserForwarder.stop(),
      destinations.stop(),
    ]);
    server.closeAllConnections();
    clearInterval(closeIdle);
    await Promise.all([
      captureStore.stop(),
      relayStore.stop(),
      destinationStore.stop(),
      opens.stop(),
    ]);
    await database.stop();
    process.exit(exitCode);
  }

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

/** Without the message: what judges signatures has secrets in its hands. */
const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

function startMessage(error: unknown): string {
  if (!isPortTaken(error)) return messageOf(error);
  return `Port ${process.env["PORT"] ?? 3000} is taken: stop what uses it, or set PORT to another one.`;
}
