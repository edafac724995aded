import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { type IpRange, readConfig } from "#lib/config.ts";
import { judgeAddress } from "#lib/forward/guard.ts";

const allow = (...ranges: string[]) => ranges.map((range) => ipaddr.parseCIDR(range) as IpRange);
const everything = allow("0.0.0.0/0", "::/0");

describe("addresses that the server may dial", () => {
  test.each([
    "127.0.0.1",
    "127.255.255.254",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "169.254.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "0.0.0.0",
    "0.1.2.3",
    "255.255.255.255",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.175.48.1",
    "168.63.129.16",
    "::",
    "::1",
    "::2",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:a9fe:a9fe",
    "::FFFF:10.0.0.1",
    "::7f00:1",
    "::10.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "64:ff9b:1::808:808",
    "2002:7f00:1::",
    "2002:808:808::1",
    "2001::1",
    "2001:0:808:808::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2620:4f:8000::1",
    "fc00::1",
    "fd00::1",
    "fd00:ec2::254",
    "fd20:ce::254",
    "fd00:42::42",
    "fe80::1",
    "fe80::1%eth0",
    "febf::1",
    "ff02::1",
    "fec0::1",
    "100::1",
    "5f00::1",
    "3fff::1",
    "4000::1",
    "1fff::1",
  ])("%s is refused", (address) => {
    expect(judgeAddress(address, [])).toMatchObject({
      allowed: false,
      range: expect.stringMatching(/\w/),
    });
  });

  test.each([
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "172.15.255.255",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "168.63.129.15",
    "192.0.1.1",
    "198.17.0.1",
    "198.20.0.1",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2a00:1450:4001:80b::200e",
    "2001:200::1",
    "2003::1",
    "2620:4f:8001::1",
    "::ffff:8.8.8.8",
    "::8.8.8.8",
    "64:ff9b::808:808",
  ])("%s is allowed", (address) => {
    expect(judgeAddress(address, [])).toEqual({ allowed: true });
  });

  test.each([
    "169.254.169.254",
    "169.254.1.1",
    "168.63.129.16",
    "100.100.100.200",
    "192.0.0.192",
    "fd00:ec2::254",
    "fd00:ec2::253",
    "fe80::1",
    "fe80::a9fe:a9fe%1",
    "fd20:ce::254",
    "fd00:42::42",
    "fd00:c1::a9fe:a9fe",
    "::ffff:169.254.169.254",
    "::ffff:a83f:8110",
    "::a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a9fe:a9fe",
    "::ffff:0:a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "2001:0:a9fe:a9fe::1",
    "2001:0:808:808::5601:5601",
  ])("%s is never allowed, whatever is opened", (address) => {
    expect(judgeAddress(address, everything)).toMatchObject({ allowed: false, never: true });
  });

  test("an opened range opens its addresses and no others, also inside IPv6", () => {
    const ranges = allow("127.0.0.0/8", "10.2.0.0/16");
    for (const address of [
      "127.0.0.1",
      "127.9.9.9",
      "::ffff:127.0.0.1",
      "::7f00:1",
      "64:ff9b::a02:1",
      "10.2.3.4",
    ]) {
      expect(judgeAddress(address, ranges), address).toEqual({ allowed: true });
    }
    for (const address of ["::1", "10.3.0.1", "::ffff:10.3.0.1", "192.168.0.1", "2002:7f00:1::"]) {
      expect(judgeAddress(address, ranges), address).toMatchObject({
        allowed: false,
        never: false,
      });
    }
    expect(judgeAddress("0.0.0.0", allow("127.0.0.0/8"))).toMatchObject({ allowed: false });
    expect(judgeAddress("fd12::1", allow("fd12::/16"))).toEqual({ allowed: true });
  });
});

describe("what the settings open", () => {
  test.each<[string, Record<string, string>, boolean]>([
    ["on one's own machine", {}, true],
    ["with a loopback PUBLIC_URL", { PUBLIC_URL: "http://localhost:8080" }, true],
    ["with a public PUBLIC_URL", { PUBLIC_URL: "https://hooks.example.com" }, false],
    ["behind a proxy", { TRUST_PROXY: "loopback" }, false],
    ["listening for others", { HOST: "0.0.0.0" }, false],
    [
      "listening for others, asked for",
      { HOST: "0.0.0.0", ALLOW_PRIVATE_TARGETS: "127.0.0.1 ::1" },
      true,
    ],
  ])("loopback %s", (_name, environment, isOpen) => {
    const { allowedRanges } = readConfig({ NODE_ENV: "test", ...environment }).forward;
    expect(judgeAddress("127.0.0.1", allowedRanges).allowed).toBe(isOpen);
    expect(judgeAddress("::1", allowedRanges).allowed).toBe(isOpen);
    expect(judgeAddress("192.168.1.1", allowedRanges).allowed).toBe(false);
  });
});
