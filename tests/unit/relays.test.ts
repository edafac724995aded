import { describe, expect, test } from "vitest";
import { readLocalUrl } from "#components/relay/local-url.ts";
import { progress, shortTargets, standing } from "#components/relay/relay-words.ts";
import { type Relay, takeRelays, viewRelay } from "#components/relay/relays.ts";
import type { Listener } from "#lib/contract/listeners.ts";

const SERVER_MS = Date.parse("2026-11-21T14:00:00Z");
const told = (change: Partial<Listener> = {}): Listener => ({
  name: "laptop",
  targets: ["http://localhost:3000/webhooks"],
  version: "0.1.0",
  connected: true,
  connectedAt: "2026-11-21T13:00:00Z",
  tookOverAt: null,
  heardAt: new Date(SERVER_MS).toISOString(),
  cursor: 42,
  behind: 0,
  ...change,
});

/** As a page hears of it whose clock is ahead of the server's. */
function hear(change: Partial<Listener>, nowMs: number, aheadMs = 0, known?: Relay[]): Relay {
  const [relay] = takeRelays(known ?? null, [told(change)], nowMs, aheadMs);
  if (!relay) throw new Error("No listener");
  return relay;
}

describe("a listener as the page shows it", () => {
  test("is green only while it was heard within twelve seconds and the page is live itself", () => {
    const relay = hear({}, SERVER_MS);
    expect(viewRelay(relay, true, SERVER_MS + 12_000).kind).toBe("connected");
    const later = viewRelay(relay, true, SERVER_MS + 13_000);
    expect([later.kind, standing(later, SERVER_MS + 13_000)]).toEqual([
      "silent",
      "not heard for 13 s",
    ]);
    expect(viewRelay(relay, false, SERVER_MS).kind).toBe("unknown");
  });

  test("is away once the server says so, for as long as it was not heard", () => {
    const now = SERVER_MS + 3 * 3_600_000;
    const view = viewRelay(hear({ connected: false, behind: 1204 }, now), true, now);
    expect([view.kind, standing(view, now), progress(view)]).toEqual([
      "away",
      "away for 3 h",
      "1,204 wait",
    ]);
  });

  test("was heard when it was heard, whatever this machine's clock says", () => {
    const aheadMs = 7 * 60_000;
    const now = SERVER_MS + aheadMs + 4_000;
    expect(viewRelay(hear({}, now, aheadMs), true, now).kind).toBe("connected");
    // A clock that lags makes no future of it.
    expect(hear({}, SERVER_MS - 5_000).heardMs).toBe(SERVER_MS - 5_000);
  });

  test("is said to be behind once something has waited a second, not by what passes through", () => {
    const first = hear({ behind: 0 }, SERVER_MS);
    const passing = hear({ behind: 3 }, SERVER_MS + 100, 0, [first]);
    expect(viewRelay(passing, true, SERVER_MS + 600).waiting).toBe(0);
    const still = hear({ behind: 2 }, SERVER_MS + 900, 0, [passing]);
    expect(progress(viewRelay(still, true, SERVER_MS + 1_200))).toBe("2 behind");
    const done = hear({ behind: 0 }, SERVER_MS + 1_300, 0, [still]);
    expect(progress(viewRelay(done, true, SERVER_MS + 5_000))).toBe("all delivered");
    expect(viewRelay(hear({ behind: 17 }, SERVER_MS), true, SERVER_MS).waiting).toBe(17);
  });

  test("names where it goes by host and port, and by its own words where there is no URL", () => {
    expect(shortTargets(["http://localhost:3000/a", "http://localhost:3000/b"])).toBe(
      "localhost:3000",
    );
    expect(shortTargets(["path:/a*=https://[::1]:4000/x?y", "python handle.py"])).toBe(
      "[::1]:4000 +1",
    );
    expect(shortTargets([])).toBe("");
  });
});

test("a local URL is completed from a port or a host, and what is none is explained", () => {
  const read = (text: string) => readLocalUrl(text);
  expect(read("3000")).toEqual({ url: "http://localhost:3000" });
  expect(read(" :8080/hooks?a=1 ")).toEqual({ url: "http://localhost:8080/hooks?a=1" });
  expect(read("localhost:3000/a")).toEqual({ url: "http://localhost:3000/a" });
  expect(read("https://[::1]:3000/")).toEqual({ url: "https://[::1]:3000/" });
  expect(read("")).toMatchObject({ problem: expect.stringContaining("http://localhost:3000") });
  expect(read("ftp://localhost/")).toMatchObject({ problem: expect.stringContaining("Only http") });
});
