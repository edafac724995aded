import ipaddr from "ipaddr.js";
import type { IpRange } from "../config.ts";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

export type Verdict =
  | { allowed: true }
  /** `range` says in words what the address is; `never`: no setting can allow it. */
  | { allowed: false; range: string; never: boolean };

const table = (rows: readonly (readonly [cidr: string, range: string])[]) =>
  rows.map(([cidr, range]) => ({ range, cidr: ipaddr.parseCIDR(cidr) as IpRange }));

/** Hands out credentials of the machine, or reaches only the machine's own link: no setting opens these. */
const NEVER = table([
  ["169.254.0.0/16", "a link-local address (cloud metadata)"], // RFC 3927; AWS, GCP, Azure and others at 169.254.169.254
  ["fe80::/10", "a link-local address"], // RFC 4291 2.5.6
  ["168.63.129.16/32", "Azure's wire server"], // a public address, so no registry of private ranges names it
  ["100.100.100.200/32", "Alibaba Cloud's metadata server"],
  ["192.0.0.192/32", "Oracle Cloud's metadata server"],
  ["fd00:ec2::/32", "an AWS instance service"], // ::254 metadata, ::253 DNS, ::123 time
  ["fd20:ce::254/128", "Google Cloud's metadata server"],
  ["fd00:42::42/128", "Scaleway's metadata server"],
  ["fd00:c1::a9fe:a9fe/128", "Oracle Cloud's metadata server"],
]);

/** IANA's IPv4 special-purpose registry (RFC 6890), multicast (RFC 5771) and reserved space (RFC 1112). */
const PRIVATE_V4 = table([
  ["127.0.0.0/8", "a loopback address: the server's own machine"],
  ["0.0.0.0/8", "an address of this host"], // RFC 791; Linux connects 0.0.0.0 to loopback
  ["10.0.0.0/8", "a private address"], // RFC 1918
  ["172.16.0.0/12", "a private address"],
  ["192.168.0.0/16", "a private address"],
  ["100.64.0.0/10", "a carrier's private address"], // RFC 6598
  ["192.0.0.0/24", "a reserved address"], // RFC 6890
  ["192.0.2.0/24", "a documentation address"], // RFC 5737
  ["198.51.100.0/24", "a documentation address"],
  ["203.0.113.0/24", "a documentation address"],
  ["192.31.196.0/24", "an AS112 address"], // RFC 7535
  ["192.175.48.0/24", "an AS112 address"], // RFC 7534
  ["192.52.193.0/24", "an AMT relay address"], // RFC 7450
  ["192.88.99.0/24", "a 6to4 relay address"], // RFC 7526
  ["198.18.0.0/15", "a benchmarking address"], // RFC 2544
  ["224.0.0.0/4", "a multicast address"],
  ["240.0.0.0/4", "a reserved address"],
]);

const GLOBAL_V6 = ipaddr.parseCIDR("2000::/3") as IpRange; // RFC 4291: all global unicast that is given out

/** What is special inside 2000::/3 (IANA's IPv6 special-purpose registry). */
const SPECIAL_V6 = table([
  ["2001::/23", "a reserved address"], // RFC 2928; with Teredo 2001::/32 (RFC 4380) and ORCHIDv2
  ["2001:db8::/32", "a documentation address"], // RFC 3849
  ["2002::/16", "a 6to4 address"], // RFC 3056
  ["2620:4f:8000::/48", "an AS112 address"], // RFC 7534
  ["3fff::/20", "a documentation address"], // RFC 9637
]);

/** Named for the message only: everything outside 2000::/3 is refused. */
const OTHER_V6 = table([
  ["::1/128", "a loopback address: the server's own machine"],
  ["::/128", "an address of this host"],
  ["fc00::/7", "a private address"], // RFC 4193
  ["ff00::/8", "a multicast address"],
  ["::/0", "a reserved address"],
]);

const MAPPED = ipaddr.parseCIDR("::ffff:0:0/96") as IpRange; // RFC 4291 2.5.5.2
const COMPATIBLE = ipaddr.parseCIDR("::/96") as IpRange; // RFC 4291 2.5.5.1
const NAT64 = ipaddr.parseCIDR("64:ff9b::/96") as IpRange; // RFC 6052
const SIXTOFOUR = ipaddr.parseCIDR("2002::/16") as IpRange; // RFC 3056: bytes 2-5
const TRANSLATED = ["64:ff9b:1::/48", "::ffff:0:0:0/96"].map(
  (cidr) => ipaddr.parseCIDR(cidr) as IpRange,
); // RFC 8215, 7915
const TEREDO = ipaddr.parseCIDR("2001::/32") as IpRange; // RFC 4380: server in bytes 4-7, client inverted in 12-15

/**
 * May the server itself connect to this address? Judged on what is dialled, never on how it was spelt: a name is
 * resolved first, and an IPv4 address inside an IPv6 one counts as itself.
 * @param address as Node's resolver, `isIP` or `remoteAddress` know it.
 * @param allowedRanges ALLOW_PRIVATE_TARGETS.
 */
export function judgeAddress(address: string, allowedRanges: readonly IpRange[]): Verdict {
  const given = ipaddr.parse(address);
  const judged = embeddedV4(given, [MAPPED, COMPATIBLE, NAT64]) ?? given;
  const never = [given, judged, ...tunnelEnds(given)]
    .map((part) => find(NEVER, part))
    .find(Boolean);
  if (never) return { allowed: false, range: never, never: true };
  if (allowedRanges.some((range) => within(judged, range))) return { allowed: true };
  const range = judged.kind() === "ipv4" ? find(PRIVATE_V4, judged) : specialV6(judged);
  return range ? { allowed: false, range, never: false } : { allowed: true };
}

const specialV6 = (address: Address) =>
  within(address, GLOBAL_V6) ? find(SPECIAL_V6, address) : find(OTHER_V6, address);

const find = (rows: ReturnType<typeof table>, address: Address) =>
  rows.find(({ cidr }) => within(address, cidr))?.range;

const within = (address: Address, [base, bits]: IpRange) =>
  address.kind() === base.kind() && address.match(base, bits);

/** The IPv4 address in the last four bytes of one of these prefixes; `::` and `::1` are themselves. */
function embeddedV4(address: Address, prefixes: readonly IpRange[]): Address | null {
  if (!prefixes.some((prefix) => within(address, prefix))) return null;
  const octets = address.toByteArray().slice(-4);
  const isOwn = within(address, COMPATIBLE) && octets.slice(0, 3).every((octet) => octet === 0);
  return isOwn ? null : new ipaddr.IPv4(octets);
}

/** Where a 6to4, translated or Teredo address ends up, so that an opened range can't lead to what is never reachable. */
function tunnelEnds(address: Address): Address[] {
  const bytes = address.toByteArray();
  if (within(address, SIXTOFOUR)) return [new ipaddr.IPv4(bytes.slice(2, 6))];
  if (TRANSLATED.some((range) => within(address, range))) return [new ipaddr.IPv4(bytes.slice(12))];
  if (!within(address, TEREDO)) return [];
  const client = bytes.slice(12).map((byte) => byte ^ 0xff);
  return [new ipaddr.IPv4(bytes.slice(4, 8)), new ipaddr.IPv4(client)];
}
