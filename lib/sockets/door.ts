import type { Socket } from "socket.io";
import { type Access, assertOwnOrigin, type Credential, type Grant } from "../access.ts";
import type { Config } from "../config.ts";
import type { HandshakeRefusal } from "../contract/events.ts";
import { HooklensError, isHooklensError, problems } from "../errors.ts";
import type { ClientInfo } from "../http/client-info.ts";
import type { Log } from "../log.ts";

export type DoorParts = {
  config: Pick<Config, "publicUrl">;
  access: Access;
  client: Pick<ClientInfo, "origin">;
  log: Log;
};

/** A socket that wants to be let in. */
export type Knocking = Pick<Socket, "conn" | "handshake" | "request">;

type Namespace<Each extends Knocking> = {
  use(middleware: (socket: Each, next: (refused?: Error) => void) => void): unknown;
};

/**
 * Lets into a namespace whom `enter` does not refuse: one handshake per connection, and who is refused keeps none.
 * What `enter` throws is told as a connect_error.
 */
export function keepDoor<Each extends Knocking>(
  { log }: Pick<DoorParts, "log">,
  namespace: Namespace<Each>,
  enter: (socket: Each) => Promise<void>,
): void {
  const tried = new WeakSet<Knocking["conn"]>();

  async function enterOnce(socket: Each): Promise<void> {
    // Else one connection could ask the database as often as it likes.
    if (tried.has(socket.conn)) {
      throw new HooklensError("malformed_request", "One handshake per connection.");
    }
    tried.add(socket.conn);
    await enter(socket);
  }

  function unavailable(error: unknown): HooklensError {
    log.warn({ err: error }, "socket handshake failed");
    return new HooklensError("unavailable", "The database may be away; try again.");
  }

  namespace.use((socket, next) => {
    enterOnce(socket).then(
      () => next(),
      (error: unknown) => {
        next(refusal(isHooklensError(error) ? error : unavailable(error)));
        // After the refusal has been written.
        setImmediate(() => socket.conn.close());
      },
    );
  });
}

/**
 * What a credential opens, unless another site's page shows it.
 * @throws cross_site, unauthenticated, forbidden, bin_not_found, bin_gone
 */
export async function authorizeSocket(
  parts: Omit<DoorParts, "log">,
  socket: Knocking,
  binId: string,
  credential: Credential | null,
): Promise<Grant> {
  assertOwnPage(parts, socket, credential);
  return parts.access.authorize(binId, credential);
}

/** Another site's page may not show a credential. @throws cross_site */
export function assertOwnPage(
  { config, client }: Pick<DoorParts, "config" | "client">,
  { request }: Knocking,
  credential: Credential | null,
): void {
  const { headers } = request;
  if (credential || headers.origin !== undefined) {
    const origin = client.origin(request, headers.host ?? null);
    const reliesOnCookie = credential?.kind !== "key";
    assertOwnOrigin({ origin: headers.origin, reliesOnCookie }, { origin }, config.publicUrl);
  }
}

/** What next() takes: the client gets a connect_error with the problem's code and status. */
export function refusal({ code, message }: HooklensError): Error & { data: HandshakeRefusal } {
  return Object.assign(new Error(message), { data: { code, status: problems[code].status } });
}
