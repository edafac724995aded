import { timingSafeEqual } from "node:crypto";
import { BIN_ID } from "./contract/bins.ts";
import { SESSION_COOKIE, SESSION_DAYS } from "./contract/session.ts";
import { HooklensError } from "./errors.ts";
import { hashSecret } from "./ids.ts";
import type { ShareRecord } from "./store/shares.ts";
import type { Store } from "./store/store.ts";

const SESSION_SECONDS = SESSION_DAYS * 24 * 3600;
const SESSION_TOKEN = /^[\w-]{27}$/;

/** What a client showed: a key, or the cookie of a browser. Only hashes go on from here. */
export type Credential = { kind: "key"; hash: Buffer } | { kind: "session"; hash: Buffer };

/** Whoever holds it may read and change the bin; it ends with that key. `renew`: time to slide the browser's cookie. */
export type Grant = { binId: string; keyId: string; renew: boolean };

/**
 * What a share's link lets see, and nothing else: read through lib/shares. `viewer`: who looks, as hex; null for who
 * holds the bin and only wants to see what others do.
 */
export type ShareGrant = { share: ShareRecord; viewer: string | null; renew: boolean };

export type CredentialHeaders = { authorization?: string | undefined; cookie?: string | undefined };

const unauthenticated = (detail: string) =>
  new HooklensError("unauthenticated", detail, { headers: { "WWW-Authenticate": "Bearer" } });

/** The session cookie's value; null when there is none or when it can't be one of ours. */
export function readSessionToken(cookie: string | undefined): string | null {
  for (const pair of (cookie ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === SESSION_COOKIE && value && SESSION_TOKEN.test(value)) return value;
  }
  return null;
}

/**
 * The key of `Authorization: Bearer`, else the session of the cookie, else null.
 * @throws unauthenticated when Authorization is there but is no Bearer credential (RFC 6750 2.1).
 */
export function readCredential({ authorization, cookie }: CredentialHeaders): Credential | null {
  if (authorization !== undefined) {
    const key = /^bearer +([\w.~+/-]+=*) *$/i.exec(authorization)?.[1];
    if (!key) throw unauthenticated('Send the key as "Authorization: Bearer hlk_...".');
    return { kind: "key", hash: hashSecret(key) };
  }
  const token = readSessionToken(cookie);
  return token === null ? null : { kind: "session", hash: hashSecret(token) };
}

/** A Set-Cookie value. Path=/api keeps it from capture URLs, where a bin's owner would read it. */
export function sessionCookie(token: string, secure: boolean): string {
  const attributes = `Path=/api; Max-Age=${SESSION_SECONDS}; HttpOnly; SameSite=Lax`;
  return `${SESSION_COOKIE}=${token}; ${attributes}${secure ? "; Secure" : ""}`;
}

/** Is `origin` (the Origin header) this server's, by its public URL or by the address that the client used? */
export function isOwnOrigin(
  origin: string | undefined,
  context: { origin: string },
  publicUrl: string,
): boolean {
  return origin !== undefined && (origin === publicUrl || origin === context.origin);
}

/**
 * For everything that changes something, and for socket handshakes. Without an Origin it is no browser's doing; then
 * only the cookie is not enough. A foreign one, also `null`, is refused even with a key: another site is asking.
 * @throws cross_site
 */
export function assertOwnOrigin(
  request: { origin: string | undefined; reliesOnCookie: boolean },
  context: { origin: string },
  publicUrl: string,
): void {
  if (isOwnOrigin(request.origin, context, publicUrl)) return;
  if (request.origin === undefined && !request.reliesOnCookie) return;
  throw new HooklensError(
    "cross_site",
    request.origin === undefined
      ? "A change on the strength of the browser's cookie needs the Origin header of this site. Scripts send a key instead."
      : "This Origin is not this site's, so it can't change anything here.",
  );
}

export type Access = {
  /** @throws unauthenticated, bin_not_found, bin_gone, forbidden */
  authorize(binId: string, credential: Credential | null): Promise<Grant>;
  /** @throws unauthenticated, share_not_found, share_gone, forbidden */
  authorizeShare(shareId: string, credential: Credential | null): Promise<ShareGrant>;
};

/** Who may see and change a bin. One answer for every door: API, socket, page. */
export function createAccess(store: Pick<Store, "bins" | "keys" | "sessions" | "shares">): Access {
  async function authorize(binId: string, credential: Credential | null): Promise<Grant> {
    if (!credential) {
      throw unauthenticated('Send the bin\'s key as "Authorization: Bearer hlk_...".');
    }
    if (!BIN_ID.test(binId)) throw unknownBin();
    const [bin, grant] = await Promise.all([
      store.bins.find(binId),
      credential.kind === "key" ? byKey(binId, credential.hash) : bySession(binId, credential.hash),
    ]);
    if (!bin) throw unknownBin();
    if (store.bins.isGone(bin)) {
      throw new HooklensError("bin_gone", "It was deleted or has expired; mint another one.");
    }
    if (!grant) {
      throw new HooklensError("forbidden", "Its key may be another one, or was revoked.");
    }
    return grant;
  }

  async function byKey(binId: string, hash: Buffer): Promise<Grant | null> {
    const key = await store.keys.findByHash(hash);
    if (!key || key.binId !== binId || !timingSafeEqual(key.hash, hash)) return null;
    store.keys.touch(key);
    return { binId, keyId: key.id, renew: false };
  }

  async function bySession(binId: string, hash: Buffer): Promise<Grant | null> {
    const held = await store.sessions.grant(hash, binId);
    if (!held) return null;
    const renew = store.sessions.slide(hash, held.lastSeenAt);
    return { binId, keyId: held.keyId, renew };
  }

  async function authorizeShare(
    shareId: string,
    credential: Credential | null,
  ): Promise<ShareGrant> {
    if (!credential) throw unauthenticated("Open the link that was shared, with all of it.");
    const share = await store.shares.find(shareId);
    if (!share) throw new HooklensError("share_not_found", "Check the link; it may be cut off.");
    const bin = await store.bins.find(share.binId);
    if (!bin || store.bins.isGone(bin) || store.shares.isOver(share)) {
      throw new HooklensError("share_gone", "It was revoked or has expired. Ask for another link.");
    }
    const viewer = await viewerOf(share, credential);
    if (viewer) return { share, ...viewer };
    throw new HooklensError("forbidden", "The token in the link may be cut off, or another one.");
  }

  /** Null for who may not see it. */
  async function viewerOf(
    share: ShareRecord,
    { kind, hash }: Credential,
  ): Promise<Omit<ShareGrant, "share"> | null> {
    const viewer = hash.toString("hex");
    if (kind === "key") {
      if (timingSafeEqual(share.hash, hash)) return { viewer, renew: false };
      return (await byKey(share.binId, hash)) && { viewer: null, renew: false };
    }
    const owner = await bySession(share.binId, hash);
    if (owner) return { viewer: null, renew: owner.renew };
    const lastSeenAt = await store.shares.heldBy(hash, share.id);
    return lastSeenAt && { viewer, renew: store.sessions.slide(hash, lastSeenAt) };
  }

  return { authorize, authorizeShare };
}

const unknownBin = () => new HooklensError("bin_not_found", "Check the id; it may be misspelt.");
