import { describe, expect, it } from "vitest";
import { readLink } from "#components/inspector/link.ts";
import { isOwnNetworkOnly } from "#components/inspector/provider-steps.ts";

const up = { connected: true, heardAt: 100_000, downSince: 0, behind: false };
const kind = (facts: typeof up, now: number, online = true) => readLink(facts, online, now).kind;

describe("the connection's state", () => {
  it("is live for ten seconds after the last ping, then no more", () => {
    expect(kind(up, 110_000)).toBe("live");
    expect(readLink(up, true, 110_001)).toEqual({ kind: "reconnecting", since: 100_000 });
  });

  it("is never live while cut, offline or behind", () => {
    expect(kind({ ...up, behind: true }, 100_000)).toBe("behind");
    expect(kind({ ...up, connected: false, downSince: 99_000 }, 100_000)).toBe("reconnecting");
    expect(kind({ ...up, connected: false, heardAt: 0 }, 100_000)).toBe("connecting");
    expect(kind(up, 100_000, false)).toBe("offline");
  });
});

describe("who can reach a capture URL", () => {
  it.each([
    ["http://localhost:3000/in/a", true],
    ["http://127.0.0.1/in/a", true],
    ["http://[::1]:3000/in/a", true],
    ["http://192.168.1.4/in/a", true],
    ["http://172.20.0.4/in/a", true],
    ["http://box.local/in/a", true],
    ["https://hooks.example.com/in/a", false],
    ["http://172.32.0.4/in/a", false],
    ["http://[2001:db8::1]/in/a", false],
  ])("%s only from the own network: %s", (url, only) => expect(isOwnNetworkOnly(url)).toBe(only));
});
