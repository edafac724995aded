import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { Server as Engine } from "engine.io";
import { Server } from "socket.io";
import type { Access } from "../access.ts";
import type { Config } from "../config.ts";
import {
  type AnsweredEvent,
  LIVE_NAMESPACE,
  type LiveServerEvents,
  PING_INTERVAL_MS,
  PING_TIMEOUT_MS,
  type Removal,
} from "../contract/events.ts";
import type { Forward } from "../contract/forwards.ts";
import type { RequestSummary } from "../contract/requests.ts";
import { HooklensError } from "../errors.ts";
import type { ClientInfo } from "../http/client-info.ts";
import type { Log } from "../log.ts";
import type { Database } from "../store/database.ts";
import type { Store } from "../store/store.ts";
import { Channel, type Emit } from "./channel.ts";
import { Checks } from "./checks.ts";
import { refusal } from "./handshake.ts";
import { answeredHints, type Hint } from "./hint.ts";
import { noHints, PostgresHints } from "./hints.ts";
import { acceptSockets, type LiveServer } from "./join.ts";
import { WatchedBins } from "./watched.ts";

/** Half of the connections that the server takes: captures must always find room. */
const SOCKETS_MAX = 5_000;
/** Clients send nothing but the handshake. */
const MESSAGE_BYTES_MAX = 4_096;
const HANDSHAKE_MS_MAX = 10_000;

type LiveParts = {
  config: Pick<Config, "publicUrl">;
  database: Pick<Database, "url" | "embedded">;
  store: Pick<Store, "bins" | "news" | "requests" | "forwards">;
  access: Access;
  client: Pick<ClientInfo, "origin">;
  log: Log;
};

export type Live = ReturnType<typeof createLive>;

/** What goes on in a bin, told at once to whoever watches it: in this process directly, in all others through hints. */
export function createLive(parts: LiveParts) {
  const { config, database, store, log } = parts;
  const { engine, io } = createSocketServer();
  const namespace = io.of(LIVE_NAMESPACE);
  // To the sockets' own rooms: the adapter encodes the event once for all of them.
  const emit: Emit = (ids, event, payload) => {
    namespace
      .to([...ids])
      .emit(event, ...([payload] as Parameters<LiveServerEvents[typeof event]>));
  };
  const watched = new WatchedBins((binId) => {
    const listAfter = (after: number, limit: number) =>
      store.requests.listAfter(binId, after, limit);
    return new Channel({ emit, listAfter, log });
  });
  const channel = (binId: string) => watched.get(binId)?.channel;
  const checks = new Checks({ store, watched, publicUrl: config.publicUrl, log });
  const hints = database.embedded
    ? noHints
    : new PostgresHints({ url: database.url, receive, log });
  const changeListeners: ((binId: string) => void)[] = [];
  acceptSockets({ ...parts, watched }, namespace);

  function receive(hint: Hint): void {
    switch (hint.kind) {
      case "captured":
        return channel(hint.binId)?.advance(hint.lastSeq);
      case "removed":
        return channel(hint.binId)?.removed(hint.removal);
      case "answered":
      case "forward":
        return void lookUp(hint).catch((error: unknown) =>
          log.debug({ err: error }, "hint not followed"),
        );
      case "changed":
        for (const listener of changeListeners) listener(hint.binId);
        return checks.ask(hint.binId);
      case "everything":
        return checks.askAll();
    }
  }

  /** Reads what another process stored, when somebody here watches that bin. */
  async function lookUp(hint: Hint & { kind: "answered" | "forward" }): Promise<void> {
    if (!channel(hint.binId)) return;
    if (hint.kind === "answered") {
      const { binId, firstSeq, lastSeq } = hint;
      channel(binId)?.answered(await store.news.answersBetween(binId, firstSeq, lastSeq));
    } else {
      const forward = await store.forwards.get(hint.binId, hint.forwardId);
      if (forward) channel(hint.binId)?.tell("forward", forward);
    }
  }

  function changed(binId: string): void {
    checks.ask(binId);
    hints.tell({ kind: "changed", binId });
  }

  return {
    /** Whether anybody in this process watches the bin: only then are summaries of its captures worth making. */
    watching: (binId: string): boolean => watched.get(binId) !== undefined,

    /** After a commit: its seqs of one bin, without a hole. `items` may be left out (empty) when nobody is watching. */
    captured(binId: string, firstSeq: number, lastSeq: number, items: RequestSummary[]): void {
      channel(binId)?.captured(firstSeq, lastSeq, items);
      hints.tell({ kind: "captured", binId, lastSeq });
    },

    /** After they are stored. */
    answered(binId: string, items: AnsweredEvent[]): void {
      channel(binId)?.answered(items);
      const seqs = items.map((item) => item.seq);
      for (const hint of answeredHints(binId, seqs)) hints.tell(hint);
    },

    /** After a removal, with the revision that it gave the bin. */
    removed(binId: string, removal: Removal): void {
      channel(binId)?.removed(removal);
      hints.tell({ kind: "removed", binId, removal });
    },

    /** After a forward or its attempt is stored. */
    forward(binId: string, forward: Forward): void {
      channel(binId)?.tell("forward", forward);
      hints.tell({ kind: "forward", binId, forwardId: forward.id });
    },

    /** The bin's settings changed: it is read again and told. */
    binChanged: changed,

    binGone(binId: string): void {
      channel(binId)?.end("bin_gone");
      changed(binId);
    },

    keyRevoked(binId: string, keyId: string): void {
      channel(binId)?.end("key_revoked", (subscriber) => subscriber.keyId === keyId);
      changed(binId);
    },

    /** A browser gave the bin up: its open pages lose it too. */
    sessionForgot(binId: string, session: Buffer): void {
      const forgot = session.toString("hex");
      channel(binId)?.end("forgotten", (subscriber) => subscriber.session === forgot);
      changed(binId);
    },

    /** Calls back when another process changed or ended a bin: what is kept of it in memory is old. */
    onBinChanged(callback: (binId: string) => void): void {
      changeListeners.push(callback);
    },

    /** Plain HTTP under the sockets' path: refused, since only WebSocket is spoken there. */
    handleRequest(request: IncomingMessage, response: ServerResponse): void {
      engine.handleRequest(request as EngineRequest, response);
    },

    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      if (engine.clientsCount < SOCKETS_MAX) {
        engine.handleUpgrade(request as EngineRequest, socket, head);
      } else {
        socket.end(
          "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\n\r\n",
        );
      }
    },

    async start(): Promise<void> {
      hints.start();
      checks.start();
    },

    /** Closes the sockets; their clients come back, to whichever process answers then. */
    async stop(): Promise<void> {
      checks.stop();
      await hints.stop();
      await io.close();
    },
  };
}

type EngineRequest = Parameters<Engine["handleUpgrade"]>[0];

function createSocketServer(): { engine: Engine; io: LiveServer } {
  const engine = new Engine({
    transports: ["websocket"],
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    maxHttpBufferSize: MESSAGE_BYTES_MAX,
  });
  const io: LiveServer = new Server({ serveClient: false, connectTimeout: HANDSHAKE_MS_MAX });
  io.bind(engine);
  // socket.io opens this namespace by itself; nothing lives there.
  io.use((_socket, next) => {
    next(refusal(new HooklensError("not_found", `The namespace is ${LIVE_NAMESPACE}.`)));
  });
  return { engine, io };
}
