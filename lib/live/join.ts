import type { DefaultEventsMap, Namespace } from "socket.io";
import type { LiveServerEvents } from "../contract/events.ts";
import { HooklensError } from "../errors.ts";
import { type DoorParts, keepDoor } from "../sockets/door.ts";
import type { ShareRecord } from "../store/shares.ts";
import type { Store } from "../store/store.ts";
import { admit } from "./handshake.ts";
import { type Admission, type LiveSocket, Subscriber } from "./subscriber.ts";
import type { ListenerNews } from "./listener-news.ts";
import type { SharedChannels } from "./shared.ts";
import type { WatchedBins } from "./watched.ts";

const SOCKETS_PER_BIN_MAX = 200;

export type LiveNamespace = Namespace<
  DefaultEventsMap,
  LiveServerEvents,
  DefaultEventsMap,
  Admission
>;

type JoinParts = DoorParts & {
  store: Pick<Store, "bins">;
  watched: WatchedBins;
  shared: SharedChannels;
  listenerNews: ListenerNews;
};

/** Lets sockets in, each into its bin's channel. */
export function acceptSockets(parts: JoinParts, namespace: LiveNamespace): void {
  const { store, watched, shared, listenerNews, log } = parts;

  async function enter(socket: LiveSocket): Promise<void> {
    socket.data = await admit(parts, socket);
    const { grant, share } = socket.data;
    const sockets = share ? shared.socketsOf(share.id) : (watched.get(grant.binId)?.sockets ?? 0);
    if (sockets >= SOCKETS_PER_BIN_MAX) {
      throw new HooklensError("rate_limited", "Too many pages have this bin open.");
    }
  }

  async function joinShare(socket: LiveSocket, share: ShareRecord): Promise<void> {
    const channel = shared.hold(share);
    socket.on("disconnect", () => {
      channel.leave(socket.id);
      shared.release(share.id);
    });
    const head = (await store.bins.heads([share.binId])).get(share.binId);
    if (!socket.connected) return;
    channel.advance(head?.lastSeq ?? 0, head?.revision ?? 0);
    const subscriber = new Subscriber(socket, socket.data.after ?? channel.knownSeq);
    if (!head || head.gone) return subscriber.end("share_gone");
    channel.join(subscriber);
    // It may have ended since the handshake.
    shared.ask(share.binId);
  }

  async function join(socket: LiveSocket): Promise<void> {
    const { grant, after, share } = socket.data;
    if (share) return joinShare(socket, share);
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
    listenerNews.ask(grant.binId);
  }

  keepDoor(parts, namespace, enter);

  namespace.on("connection", (socket) => {
    join(socket).catch((error: unknown) => {
      log.warn({ err: error }, "live socket could not join");
      // Not `disconnect`: a client whose transport is closed comes back by itself.
      socket.conn.close();
    });
  });
}
