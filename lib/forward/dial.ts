import type { LookupAddress } from "node:dns";
import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import type { Clock } from "./clock.ts";
import { ownPort, privateTarget } from "./failure.ts";
import type { Verdict } from "./guard.ts";
import { loopbackAddresses } from "./localhost.ts";
import { isLoopback } from "./loopback.ts";
import type { Target } from "./target.ts";

/** All addresses of a name, in the order to try; rejects with the resolver's code. */
export type Lookup = (host: string) => Promise<LookupAddress[]>;

export type DialOptions = {
  /** Whether an address may be dialled; every one of them on a developer's own machine. */
  judge: (address: string) => Verdict;
  /** Ports on this machine that are never dialled, with what is there: Hooklens' own database. */
  ownPorts?: ReadonlyMap<number, string>;
  /** Takes any certificate, as `curl --insecure` does. */
  insecure?: boolean;
  lookup: Lookup;
};

/** A loopback address takes or refuses at once: Node's 250 ms would only end an attempt of a process that is busy. */
const LOOPBACK_MS = 2_000;

type Dialling = DialOptions & { clock: Clock; signal: AbortSignal };

/**
 * Opens a connection to a target that is allowed. The addresses are resolved once, judged, and only those are dialled:
 * a second DNS answer has no say. Any bad one among them fails all.
 * @throws SendFailure private_target; the errors of DNS, TCP and TLS as Node gives them.
 */
export async function dial(target: Target, options: Dialling): Promise<net.Socket> {
  const { clock, signal } = options;
  const addresses = await resolve(target.host, options);
  for (const { address } of addresses) refuseUnlessAllowed(target, address, options);

  clock.begin("connect");
  const socket = net.connect({
    host: target.host,
    port: target.port,
    autoSelectFamily: true,
    ...(loopbackAddresses(target.host) && { autoSelectFamilyAttemptTimeout: LOOPBACK_MS }),
    lookup: pinned(addresses),
    noDelay: true,
    signal,
  });
  // Every failure reaches the waiting step; one that comes later (an abort after the answer) has nobody to tell.
  socket.on("error", () => {});
  await once(socket, "connect", { signal });
  clock.end("connect");
  try {
    // Before the first byte is written, TLS's included: whatever picked the address, this is where it led.
    if (socket.remoteAddress) refuseUnlessAllowed(target, socket.remoteAddress, options);
    return target.scheme === "https" ? await secure(socket, target, options) : socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function resolve(host: string, options: Dialling): Promise<LookupAddress[]> {
  const family = net.isIP(host);
  const known = family ? [{ address: host, family }] : loopbackAddresses(host);
  if (known) return known;
  const { clock, signal, lookup } = options;
  clock.begin("dns");
  const addresses = await untilAborted(signal, lookup(host));
  clock.end("dns");
  return addresses;
}

/** A lookup can't be cancelled: its late answer is dropped. */
function untilAborted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

const pinned =
  (addresses: LookupAddress[]): net.LookupFunction =>
  (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, addresses);
    else callback(null, first?.address ?? "", first?.family);
  };

function refuseUnlessAllowed({ host, port }: Target, address: string, options: DialOptions): void {
  const verdict = options.judge(address);
  if (!verdict.allowed) throw privateTarget(host, address, verdict);
  const own = options.ownPorts?.get(port);
  if (own && isLoopback(address)) throw ownPort(port, own);
}

async function secure(socket: net.Socket, target: Target, options: Dialling) {
  const { clock, signal, insecure = false } = options;
  clock.begin("tls");
  const servername = net.isIP(target.host) ? {} : { servername: target.host.replace(/\.$/, "") };
  const secured = tls.connect({
    socket,
    host: target.host,
    ALPNProtocols: ["http/1.1"],
    rejectUnauthorized: !insecure,
    ...servername,
  });
  secured.on("error", () => {});
  await once(secured, "secureConnect", { signal });
  clock.end("tls");
  return secured;
}
