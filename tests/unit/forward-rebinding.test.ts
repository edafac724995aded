import ipaddr from "ipaddr.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { IpRange } from "#lib/config.ts";
import { judgeAddress } from "#lib/forward/guard.ts";
import type { Outgoing } from "#lib/forward/outgoing.ts";
import { send } from "#lib/forward/send.ts";
import { parseTarget } from "#lib/forward/target.ts";
import { type DnsServer, startDnsServer } from "#tests/helpers/dns-server.ts";
import { answering, type RawTarget, startRawTarget } from "#tests/helpers/raw-target.ts";

const REQUEST: Outgoing = {
  method: "POST",
  path: "/",
  headers: [["Host", "rebind.example"]],
  trailers: [],
  chunked: false,
  body: Buffer.alloc(0),
};

describe("a DNS that lies", () => {
  let canary: RawTarget;
  let dns: DnsServer;

  beforeEach(async () => {
    canary = await startRawTarget({ onConnection: answering("HTTP/1.1 200 OK\r\n\r\n") });
  });
  afterEach(async () => {
    await Promise.all([canary.close(), dns.close()]);
  });

  const sendTo = (host: string, allowedRanges: IpRange[] = []) =>
    send(REQUEST, parseTarget(`http://${host}:${canary.port}/`), {
      judge: (address) => judgeAddress(address, allowedRanges),
      lookup: dns.lookup,
      connectMs: 300,
    });

  test.each([
    ["a private address", ["127.0.0.1"]],
    ["a private address among public ones", ["192.0.43.8", "127.0.0.1", "192.0.43.9"]],
    ["a metadata address", ["169.254.169.254"]],
    ["the unspecified address", ["0.0.0.0"]],
  ])("that gives %s gets no connection", async (_name, addresses) => {
    dns = await startDnsServer([addresses]);
    const result = await sendTo("rebind.example");
    expect(result).toMatchObject({ code: "private_target", timing: { connectMs: null } });
    expect(canary.connections()).toBe(0);
  });

  test("has no second say: what was judged is dialled, and it is asked once for each forward", async () => {
    dns = await startDnsServer([["127.0.0.1"], ["127.0.0.2"]]);
    const opened = [ipaddr.parseCIDR("127.0.0.1/32") as IpRange];
    expect(await sendTo("rebind.example", opened)).toMatchObject({ status: 200 });
    expect(dns.questions).toBe(1);
    expect(await sendTo("rebind.example", opened)).toMatchObject({ code: "private_target" });
    expect(canary.connections()).toBe(1);
  });

  test("gives nothing away that an opened range does not hold", async () => {
    dns = await startDnsServer([["127.0.0.1"], ["127.0.0.1", "10.0.0.1"], ["169.254.169.254"]]);
    const opened = [ipaddr.parseCIDR("127.0.0.0/8") as IpRange];
    expect(await sendTo("rebind.example", opened)).toMatchObject({ status: 200 });
    expect(await sendTo("rebind.example", opened)).toMatchObject({ code: "private_target" });
    expect(await sendTo("rebind.example", opened)).toMatchObject({ code: "private_target" });
    expect(canary.connections()).toBe(1);
  });
});
