import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import ipaddr from "ipaddr.js";
import type { Config, IpRange } from "../config.ts";

/** Who sent a request and what it thinks it speaks to, by the TRUST_PROXY rule. */
export type ClientInfo = {
  remoteAddress(request: IncomingMessage): string;
  /** Scheme and host as the client sees them; `host` is the Host header's value. */
  origin(request: IncomingMessage, host: string | null): string;
};

type Peer = { address: string; trusted: boolean };

/** @param config `trustProxy`: the ranges of proxies whose X-Forwarded-For, -Proto and -Host count. */
export function createClientInfo(config: Pick<Config, "trustProxy" | "publicUrl">): ClientInfo {
  const peers = new WeakMap<Socket, Peer>();
  const publicUrl = new URL(config.publicUrl);

  const peerOf = (socket: Socket): Peer => {
    let peer = peers.get(socket);
    if (!peer) {
      const address = plainAddress(socket.remoteAddress ?? "");
      peer = { address, trusted: isWithin(address, config.trustProxy) };
      peers.set(socket, peer);
    }
    return peer;
  };

  return {
    remoteAddress(request) {
      const peer = peerOf(request.socket);
      if (!peer.trusted) return peer.address;
      return (
        rightmostUntrusted(listHeader(request, "x-forwarded-for"), config.trustProxy) ??
        peer.address
      );
    },
    origin(request, host) {
      if (peerOf(request.socket).trusted) {
        const forwardedHost =
          listHeader(request, "x-forwarded-host").at(-1) ?? host ?? publicUrl.host;
        const scheme =
          listHeader(request, "x-forwarded-proto").at(-1) === "https" ? "https" : "http";
        return `${scheme}://${forwardedHost}`;
      }
      // A TLS proxy that is not listed in TRUST_PROXY still keeps the Host: PUBLIC_URL says what is in front of it.
      if (host === null || host === publicUrl.host)
        return `${publicUrl.protocol}//${publicUrl.host}`;
      return `http://${host}`;
    },
  };
}

function listHeader(request: IncomingMessage, name: string): string[] {
  const value = request.headers[name];
  const text = Array.isArray(value) ? value.join(",") : (value ?? "");
  return text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}

/** The entry that the outermost trusted proxy wrote: what stands left of it, anybody can claim. */
function rightmostUntrusted(entries: string[], trusted: readonly IpRange[]): string | undefined {
  const addresses = entries.map((entry) =>
    plainAddress(entry.replace(/^\[([^\]]+)\](:\d+)?$/, "$1")),
  );
  const valid = addresses.filter((address) => ipaddr.isValid(address));
  return valid.findLast((address) => !isWithin(address, trusted)) ?? valid[0];
}

/** ::ffff:1.2.3.4 as 1.2.3.4: a dual-stack socket shows IPv4 peers in that form. */
function plainAddress(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

/** Whether an address lies in one of the ranges; false for what is no address. */
function isWithin(address: string, ranges: readonly IpRange[]): boolean {
  if (ranges.length === 0 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some(
    ([range, bits]) => parsed.kind() === range.kind() && parsed.match(range, bits),
  );
}
