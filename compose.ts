import { createAccess } from "#lib/access.ts";
import { createCapture } from "#lib/capture/capture.ts";
import { toSummaries } from "#lib/capture/summary.ts";
import { createChecker } from "#lib/checks/checker.ts";
import type { Config } from "#lib/config.ts";
import { createDestinations } from "#lib/destinations/destinations.ts";
import { createBrowserForwarder } from "#lib/forward/browser-forwarder.ts";
import { createCaller } from "#lib/forward/caller.ts";
import { createForwarder } from "#lib/forward/forwarder.ts";
import { createLookups } from "#lib/forward/lookups.ts";
import { createTurns } from "#lib/forward/turns.ts";
import { createClientInfo } from "#lib/http/client-info.ts";
import { createHints } from "#lib/live/hints.ts";
import { createLive } from "#lib/live/live.ts";
import type { Log } from "#lib/log.ts";
import { createManage } from "#lib/manage/manage.ts";
import { createRelay } from "#lib/relay/relay.ts";
import type { AddedHeaders } from "#lib/secrets/added-headers.ts";
import { createEnvironments } from "#lib/secrets/environments.ts";
import { createHandshakeFollower } from "#lib/secrets/follow-handshake.ts";
import { createJudge } from "#lib/secrets/judge.ts";
import { createRejudging } from "#lib/secrets/rejudging.ts";
import type { Sealer } from "#lib/secrets/sealer.ts";
import { createVault } from "#lib/secrets/vault.ts";
import { createOpens } from "#lib/shares/opens.ts";
import { createShareReader } from "#lib/shares/reader.ts";
import { verify } from "#lib/signatures/verify.ts";
import { createSockets } from "#lib/sockets/sockets.ts";
import { alone } from "#lib/store/alone.ts";
import { createCaptureStore } from "#lib/store/capture-store.ts";
import type { Database } from "#lib/store/database.ts";
import { createDestinationStore } from "#lib/store/destination-store.ts";
import { createJanitor } from "#lib/store/janitor.ts";
import { REJUDGING_LOCK } from "#lib/store/rejudgings.ts";
import { createRelayStore } from "#lib/store/relay-store.ts";
import type { Store } from "#lib/store/store.ts";

type Base = {
  config: Config;
  database: Database;
  store: Store;
  sealer: Sealer | null;
  addedHeaders: AddedHeaders;
  /** Where this server itself is reached. */
  ownAddress: () => { host: string; port: number };
  log: Log;
};

export type Parts = ReturnType<typeof compose>;

/** Builds each part of the server once and ties them together. Nobody else constructs. */
export function compose({ config, database, store, sealer, addedHeaders, ownAddress, log }: Base) {
  const vault = createVault({ store, sealer, log });
  const captureStore = createCaptureStore(database, { bins: store.bins, vault }, log);
  const access = createAccess(store);
  const client = createClientInfo(config);

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
  const checker = createChecker();
  const manage = createManage({
    config,
    checker,
    ownAddress,
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

  return {
    access,
    client,
    sockets,
    capture,
    manage,
    hints,
    live,
    relay,
    forwarder,
    browserForwarder,
    /** What works by itself, beside what is asked for. */
    background: [janitor, rejudging, forwarder, browserForwarder, destinations],
    /** They gather what they write: stopped when nothing more comes. */
    writers: [captureStore, relayStore, destinationStore, opens],
  };
}

/** Without the message: what judges signatures has secrets in its hands. */
const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
