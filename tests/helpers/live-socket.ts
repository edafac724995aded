import { io, type Socket } from "socket.io-client";
import {
  type HandshakeRefusal,
  LIVE_NAMESPACE,
  type LiveEvent,
  type LivePayload,
  type LiveServerEvents,
  SOCKET_PATH,
} from "#lib/contract/events.ts";
import { until } from "./until.ts";

type Headers = Record<string, string>;
type Heard = {
  [Event in LiveEvent]: { event: Event; payload: LivePayload<Event>; at: number };
}[LiveEvent];

export type LiveTap = {
  socket: Socket<LiveServerEvents>;
  /** All events so far, in their order. */
  heard: Heard[];
  all<Event extends LiveEvent>(event: Event): LivePayload<Event>[];
  /** The first event of a kind (that matches), also one that has come already. */
  next<Event extends LiveEvent>(
    event: Event,
    matches?: (payload: LivePayload<Event>) => boolean,
    ms?: number,
  ): Promise<LivePayload<Event>>;
  seqs(): number[];
  close(): void;
};

const EVENTS = [
  "requests",
  "answered",
  "changed",
  "removed",
  "forward",
  "bin",
  "listeners",
  "destinations",
  "behind",
  "gone",
] as const;
const open = new Set<Socket>();

function dial(origin: string, auth: object, headers: Headers, namespace: string) {
  const socket: Socket<LiveServerEvents> = io(`${origin}${namespace}`, {
    path: SOCKET_PATH,
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: headers,
  });
  open.add(socket as Socket);
  return socket;
}

/** A socket on /live that writes down what it hears. It does not reconnect. */
export async function tapLive(
  origin: string,
  auth: object,
  headers: Headers = {},
): Promise<LiveTap> {
  const socket = dial(origin, auth, headers, LIVE_NAMESPACE);
  const heard: Heard[] = [];
  for (const event of EVENTS) {
    const write = (payload: unknown) => {
      heard.push({ event, payload, at: performance.now() } as Heard);
    };
    socket.on(event, write);
  }
  const all = <Event extends LiveEvent>(event: Event) =>
    heard.filter((each) => each.event === event).map((each) => each.payload as LivePayload<Event>);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  return {
    socket,
    heard,
    all,
    next: (event, matches = () => true, ms = 5_000) =>
      until(() => all(event).find(matches), `the event ${event}`, ms),
    seqs: () => all("requests").flatMap(({ items }) => items.map((row) => row.seq)),
    close: () => void socket.close(),
  };
}

/** How a handshake is refused: the server's data, or null when the connection itself was. */
export async function refusalOf(
  origin: string,
  auth: object,
  headers: Headers = {},
  namespace = LIVE_NAMESPACE,
): Promise<HandshakeRefusal | null> {
  const socket = dial(origin, auth, headers, namespace);
  const error = await new Promise<Error>((resolve, reject) => {
    socket.once("connect_error", resolve);
    socket.once("connect", () => reject(new Error("The handshake was accepted.")));
  }).finally(() => socket.close());
  return "data" in error ? ((error.data as HandshakeRefusal | undefined) ?? null) : null;
}

/** For the end of a test file. */
export function closeAllSockets(): void {
  for (const socket of open) socket.close();
  open.clear();
}
