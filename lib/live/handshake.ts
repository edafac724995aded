import { readCredential } from "../access.ts";
import { liveAuthSchema } from "../contract/live-auth.ts";
import { HooklensError } from "../errors.ts";
import { authorizeSocket, type DoorParts } from "../sockets/door.ts";
import type { Admission, LiveSocket } from "./subscriber.ts";

/**
 * Who may watch a bin: who shows a key, or a browser with our cookie. Both are refused to another site's page.
 * @throws invalid_fields, cross_site, unauthenticated, forbidden, bin_not_found, bin_gone
 */
export async function admit(parts: DoorParts, socket: LiveSocket): Promise<Admission> {
  const parsed = liveAuthSchema.safeParse(socket.handshake.auth);
  if (!parsed.success) {
    throw new HooklensError("invalid_fields", "auth is {bin, key?, after?}: strings and a seq.");
  }
  const { bin, key, after } = parsed.data;
  const credential = readCredential(
    key === undefined
      ? { cookie: socket.request.headers.cookie }
      : { authorization: `Bearer ${key}` },
  );
  const { binId, keyId } = await authorizeSocket(parts, socket, bin, credential);
  const session = credential?.kind === "session" ? credential.hash.toString("hex") : null;
  return { grant: { binId, keyId }, session, after };
}
