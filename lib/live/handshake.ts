import { type Access, assertOwnOrigin, readCredential } from "../access.ts";
import type { Config } from "../config.ts";
import type { HandshakeRefusal } from "../contract/events.ts";
import { liveAuthSchema } from "../contract/live-auth.ts";
import { HooklensError, problems } from "../errors.ts";
import type { ClientInfo } from "../http/client-info.ts";
import type { Admission, LiveSocket } from "./subscriber.ts";

export type HandshakeParts = {
  config: Pick<Config, "publicUrl">;
  access: Access;
  client: Pick<ClientInfo, "origin">;
};

/**
 * Who may watch a bin: who shows a key, or a browser with our cookie. Both are refused to another site's page.
 * @throws invalid_fields, cross_site, unauthenticated, forbidden, bin_not_found, bin_gone
 */
export async function admit(parts: HandshakeParts, socket: LiveSocket): Promise<Admission> {
  const parsed = liveAuthSchema.safeParse(socket.handshake.auth);
  if (!parsed.success) {
    throw new HooklensError("invalid_fields", "auth is {bin, key?, after?}: strings and a seq.");
  }
  const { bin, key, after } = parsed.data;
  const { headers } = socket.request;
  const reliesOnCookie = key === undefined;
  const credential = readCredential(
    reliesOnCookie ? { cookie: headers.cookie } : { authorization: `Bearer ${key}` },
  );
  if (credential || headers.origin !== undefined) {
    const origin = parts.client.origin(socket.request, headers.host ?? null);
    assertOwnOrigin({ origin: headers.origin, reliesOnCookie }, { origin }, parts.config.publicUrl);
  }
  const { binId, keyId } = await parts.access.authorize(bin, credential);
  const session = credential?.kind === "session" ? credential.hash.toString("hex") : null;
  return { grant: { binId, keyId }, session, after };
}

/** What next() takes: the client gets a connect_error with the problem's code and status. */
export function refusal({ code, message }: HooklensError): Error & { data: HandshakeRefusal } {
  return Object.assign(new Error(message), { data: { code, status: problems[code].status } });
}
