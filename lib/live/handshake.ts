import { readCredential } from "../access.ts";
import { liveAuthSchema } from "../contract/live-auth.ts";
import { HooklensError } from "../errors.ts";
import { assertOwnPage, type DoorParts } from "../sockets/door.ts";
import type { Admission, LiveSocket } from "./subscriber.ts";

/**
 * Who may watch a bin: who shows a key, or a browser with our cookie. Both are refused to another site's page. A share by
 * its token, or by the cookie of a browser that opened its link.
 * @throws invalid_fields, cross_site, unauthenticated, forbidden, bin_not_found, bin_gone, share_not_found, share_gone
 */
export async function admit(parts: DoorParts, socket: LiveSocket): Promise<Admission> {
  const parsed = liveAuthSchema.safeParse(socket.handshake.auth);
  if (!parsed.success) {
    const detail = "auth is {bin, key?, after?} or {share, key?, after?}: strings and a seq.";
    throw new HooklensError("invalid_fields", detail);
  }
  const { key, after } = parsed.data;
  const credential = readCredential(
    key === undefined
      ? { cookie: socket.request.headers.cookie }
      : { authorization: `Bearer ${key}` },
  );
  assertOwnPage(parts, socket, credential);
  if ("share" in parsed.data) {
    const { share } = await parts.access.authorizeShare(parsed.data.share, credential);
    if (share.requestId !== null) {
      throw new HooklensError("not_found", "One request is shared: nothing of it is live.");
    }
    return { grant: { binId: share.binId, keyId: "" }, share, session: null, after };
  }
  const { binId, keyId } = await parts.access.authorize(parsed.data.bin, credential);
  const session = credential?.kind === "session" ? credential.hash.toString("hex") : null;
  return { grant: { binId, keyId }, share: null, session, after };
}
