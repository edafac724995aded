import type { DefaultEventsMap, Namespace, Server } from "socket.io";
import type { LiveServerEvents } from "../contract/events.ts";
import { HooklensError, isHooklensError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";
import { admit, type HandshakeParts, refusal } from "./handshake.ts";
import { type Admission, type LiveSocket, Subscriber } from "./subscriber.ts";
import type { WatchedBins } from "./watched.ts";

const SOCKETS_PER_BIN_MAX = 200;

export type LiveServer = Server<DefaultEventsMap, LiveServerEvents, DefaultEventsMap, Admission>;
export type LiveNamespace = Namespace<
  DefaultEventsMap,
  LiveServerEvents,
  DefaultEventsMap,
  Admission
>;

type JoinParts = HandshakeParts & {
  store: Pick<Store, "bins">;
  watched: WatchedBins;
  log: Log;
};

/** Lets sockets in: one handshake per connection, then into the bin's channel. */
export function acceptSockets(parts: JoinParts, namespace: LiveNamespace): void {
  const { store, watched, log } = parts;
  const tried = new WeakSet<LiveSocket["conn"]>();

  async function enter(socket: LiveSocket): Promise<void> {
    // Else one connection could ask the database as often as it likes.
    if (tried.has(socket.conn)) {
      throw new HooklensError("malformed_request", "One handshake per connection.");
    }
    tried.add(socket.conn);
    socket.data = await admit(parts, socket);
    const sockets = watched.get(socket.data.grant.binId)?.sockets ?? 0;
    if (sockets >= SOCKETS_PER_BIN_MAX) {
      throw new HooklensError("rate_limited", "Too many pages have this bin open.");
    }
  }

  function unavailable(error: unknown): HooklensError {
    log.warn({ err: error }, "live handshake failed");
    return new HooklensError("unavailable", "The database may be away; try again.");
  }

  async function join(socket: LiveSocket): Promise<void> {
    const { grant, after } = socket.data;
    // Held before its state is read, so that nothing told in between is lost.
    const bin = watched.hold(grant.binId);
    socket.on("disconnect", () => {
      bin.channel.leave(socket.id);
      watched.release(grant.binId);
    });
    const head = (await store.bins.heads([grant.binId])).get(grant.binId);
    if (!socket.connected) return;
    bin.channel.advance(head?.lastSeq ?? 0, head?.revision ?? 0);
    const subscriber = new Subscriber(socket, after ?? bin.channel.knownSeq);
    if (!head || head.gone) return subscriber.end("bin_gone");
    bin.version ??= head.version;
    bin.channel.join(subscriber);
  }

  namespace.use((socket, next) => {
    enter(socket).then(
      () => next(),
      (error: unknown) => {
        next(refusal(isHooklensError(error) ? error : unavailable(error)));
        // After the refusal has been written: who is refused keeps no connection.
        setImmediate(() => socket.conn.close());
      },
    );
  });

  namespace.on("connection", (socket) => {
    join(socket).catch((error: unknown) => {
      log.warn({ err: error }, "live socket could not join");
      // Not `disconnect`: a client whose transport is closed comes back by itself.
      socket.conn.close();
    });
  });
}
