import net from "node:net";

/** 127.0.0.0/8 and ::1, and an IPv4 address inside an IPv6 one: mapped and compatible (RFC 4291 2.5.5), NAT64 (RFC 6052). */
const loopback = new net.BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");
for (const prefix of ["::ffff:7f00:0", "::7f00:0", "64:ff9b::7f00:0"]) {
  loopback.addSubnet(prefix, 104, "ipv6");
}

/** Whether it is the machine itself, however it is wrapped. @param address as `isIP` and the resolver know it. */
export function isLoopback(address: string): boolean {
  const [bare = ""] = address.split("%", 1);
  return loopback.check(bare, net.isIPv4(bare) ? "ipv4" : "ipv6");
}
