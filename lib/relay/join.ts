import { randomUUID } from "node:crypto";
import type { ListenerPlace } from "../store/listeners.ts";
import { type DoorParts, keepDoor } from "../sockets/door.ts";
import type { Store } from "../store/store.ts";
import { admit } from "./admit.ts";
import type { OutcomeLog } from "./outcome-log.ts";
import { ListenerSession, type RelayNamespace, type RelaySocket } from "./session.ts";
import type { Member, Sessions } from "./sessions.ts";
import { Slots } from "./slots.ts";
import { Stream, type StreamParts } from "./stream.ts";

/** After a restart all come back at the same time; each other query would wait behind them. */
const CONNECTING_AT_ONCE = 4;
/** What people ask for at once: it is held in memory beside the stream's page. */
const ASKED_AT_ONCE = 8;

type JoinParts = DoorParts & {
  sessions: Sessions;
  store: Pick<Store, "listeners">;
  outcomes: OutcomeLog;
  stream: Pick<StreamParts, "store" | "pageBytes" | "onReport">;
  /** The bin has one more listener, or one fewer. */
  onChange: (binId: string) => void;
};

/** Lets listeners in: each takes its place over, is told where it stands, and is given what comes. */
export function acceptListeners(parts: JoinParts, namespace: RelayNamespace): void {
  const { sessions, store, outcomes, config, log } = parts;
  /** Of listeners that connect, by bin and name: one after the other. */
  const turns = new Map<string, Promise<void>>();
  const connecting = new Slots(CONNECTING_AT_ONCE);

  async function join(socket: RelaySocket): Promise<void> {
    const { grant, name, start, targets, version, instance } = socket.data;
    const { binId, keyId } = grant;
    const older = sessions.find(binId, name);
    older?.session.end("replaced");
    // What it did is recorded first, or it would be handed over again.
    await older?.done;
    const connection = randomUUID();
    const tookOver =
      older !== undefined && instance !== null && older.session.instance !== instance;
    const connect = { binId, name, connection, keyId, targets, version, start, instance, tookOver };
    const place = await connecting.use(() => store.listeners.connect(connect));
    const session = new ListenerSession(socket, { id: place?.id ?? "", connection });
    if (!place) return session.end("bin_gone");
    if (session.isOver) return store.listeners.release(session.hold);
    enter(session, place, socket.data.maxAgeSeconds);
  }

  function enter(session: ListenerSession, place: ListenerPlace, maxAgeSeconds: number | null) {
    const { binId, name } = session;
    const { id: _, ...counts } = place;
    session.emit("welcome", {
      name,
      ...counts,
      captureUrl: `${config.publicUrl}/in/${binId}`,
      dashboardUrl: `${config.publicUrl}/b/${binId}`,
    });
    const stream = new Stream({
      ...parts.stream,
      session,
      place,
      maxAgeSeconds,
      listeners: store.listeners,
      outcomes,
      log,
    });
    const asked = new Slots(ASKED_AT_ONCE);
    const member: Member = { session, stream, asked, done: leave(session, stream.run()) };
    sessions.add(member);
    parts.onChange(binId);
  }

  /** From the session's end on; resolves when nothing of it is left. */
  async function leave(session: ListenerSession, running: Promise<void>): Promise<void> {
    await session.ended;
    sessions.remove(session);
    await running;
    await outcomes.flushed(session.hold.id);
    await store.listeners.release(session.hold).catch((error: unknown) => {
      log.warn({ err: error }, "a listener's end not stored");
    });
    parts.onChange(session.binId);
  }

  async function joinInTurn(socket: RelaySocket): Promise<void> {
    const key = `${socket.data.grant.binId} ${socket.data.name}`;
    const turn = (turns.get(key) ?? Promise.resolve()).then(() => join(socket));
    const settled = turn.catch(() => undefined);
    turns.set(key, settled);
    void settled.then(() => {
      if (turns.get(key) === settled) turns.delete(key);
    });
    await turn;
  }

  keepDoor(parts, namespace, (socket: RelaySocket) =>
    admit({ ...parts, listeners: store.listeners }, socket),
  );

  namespace.on("connection", (socket) => {
    joinInTurn(socket).catch((error: unknown) => {
      log.warn({ err: error }, "listener could not join");
      // Not `disconnect`: a client whose transport is closed comes back by itself.
      socket.conn.close();
    });
  });
}
