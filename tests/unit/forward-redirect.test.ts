import { describe, expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { followed, redirectOf } from "#lib/forward/redirect.ts";

const asked = { to: "https://app.example:8443/hooks/in?a=1", method: "POST" };

const leading = (status: number, location: string, method = "POST") =>
  redirectOf(
    { status, headers: [["location", location]], url: asked.to },
    { to: "listener", method },
  );

describe("where an answer leads", () => {
  test.each([
    ["/next", "https://app.example:8443/next", false],
    ["other?x", "https://app.example:8443/hooks/other?x", false],
    ["?b=2", "https://app.example:8443/hooks/in?b=2", false],
    ["https://app.example:8443/y#part", "https://app.example:8443/y#part", false],
    ["https://app.example/y", "https://app.example/y", true],
    ["http://app.example:8443/y", "http://app.example:8443/y", true],
    ["//cdn.example/y", "https://cdn.example/y", true],
  ])("%s is %s", (location, to, isElsewhere) => {
    expect(leading(307, location)).toMatchObject({ location, to, isElsewhere });
  });

  test.each(["ftp://a/b", "javascript:alert(1)", "file:///etc/passwd", "http://["])(
    "%s can't be followed",
    (location) => {
      expect(leading(308, location)).toMatchObject({ to: null, ways: [] });
    },
  );

  test("nowhere without a Location, or with another status", () => {
    expect(leading(302, "")).toBeNull();
    expect(leading(201, "/made")).toBeNull();
    expect(redirectOf({ status: 302, headers: [], url: null }, asked)).toBeNull();
  });
});

describe("method and body", () => {
  const same = { method: "POST", keepsBody: true };
  const get = { method: "GET", keepsBody: false };
  test.each([
    [307, "POST", [same]],
    [308, "POST", [same]],
    [301, "POST", [same, get]],
    [302, "POST", [same, get]],
    [302, "PUT", [{ method: "PUT", keepsBody: true }]],
    [303, "PUT", [get]],
    [303, "HEAD", [{ method: "HEAD", keepsBody: true }]],
    [300, "POST", []],
    [304, "POST", []],
  ])("after %i to %s", (status, method, ways) => {
    expect(leading(status, "/next", method)?.ways).toEqual(ways);
  });
});

const headers: HeaderPair[] = [
  ["Content-Type", "application/json"],
  ["Content-Length", "2"],
  ["X-Own", "1"],
  ["authorization", "Bearer t"],
  ["Cookie", "s=1"],
  ["X-Gitlab-Token", "shared"],
];
const request = { method: "POST", headers, provider: null };
const follow = (location: string, keepsBody: boolean, resigned = false, provider?: string) => {
  const redirect = leading(302, location);
  if (!redirect) throw new Error("It leads nowhere");
  const by = provider
    ? { id: provider, name: provider, event: null, deliveryId: null, attempt: null }
    : null;
  const way = { method: keepsBody ? "POST" : "GET", keepsBody };
  return followed({ ...request, provider: by as never }, { resigned }, redirect, way);
};

describe("what is sent there", () => {
  test("the request as it came, to the same origin", () => {
    expect(follow("/next", true)).toEqual({
      input: { to: "https://app.example:8443/next", append: false },
      leftOut: [],
    });
  });

  test("no credentials to another origin, and they are named", () => {
    const { input, leftOut } = follow("https://other.example/", true);
    expect(leftOut).toEqual(["authorization", "Cookie", "X-Gitlab-Token"]);
    expect(input.edit).toEqual({ headers: headers.slice(0, 3) });
  });

  test("no body with GET, and nothing that speaks of one", () => {
    expect(follow("/next", false).input.edit).toEqual({
      method: "GET",
      headers: headers.slice(2),
      bodyBase64: "",
    });
  });

  test("signed again as it was, but never so that another origin gets the secret itself", () => {
    expect(follow("/next", true, true, "gitlab").input.resign).toBe(true);
    expect(follow("https://other.example/", true, true, "stripe").input.resign).toBe(true);
    expect(follow("https://other.example/", true, true, "gitlab").input.resign).toBeUndefined();
    expect(follow("/next", false, true, "stripe").input.resign).toBeUndefined();
  });
});
