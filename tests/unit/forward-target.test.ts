import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemBody } from "#lib/errors.ts";
import { joinTarget, parseTarget } from "#lib/forward/target.ts";

const joins: [typed: string, captured: string, path: string][] = [
  ["http://h/hook", "/a//b?x=1", "/hook/a//b?x=1"],
  ["http://h/hook/", "/a", "/hook/a"],
  ["http://h/hook?k=1", "/a?x", "/hook/a?k=1&x"],
  ["http://h/hook", "", "/hook"],
  ["http://h/hook", "?x", "/hook?x"],
  ["http://h/hook", "/", "/hook/"],
  ["http://h/hook", "//", "/hook//"],
  ["http://h/hook/", "", "/hook/"],
  ["http://h/hook/", "?x", "/hook/?x"],
  ["http://h/hook/", "/", "/hook/"],
  ["http://h/hook/", "//", "/hook//"],
  ["http://h/hook//", "/a", "/hook//a"],
  ["http://h", "", "/"],
  ["http://h", "?x", "/?x"],
  ["http://h", "/", "/"],
  ["http://h", "//", "//"],
  ["http://h", "//evil.example/a", "//evil.example/a"],
  ["http://h/", "", "/"],
  ["http://h/", "/a", "/a"],
  ["http://h/", "//a", "//a"],
  ["http://h?k", "", "/?k"],
  ["http://h?k", "/a", "/a?k"],
  ["http://h/hook?", "/a", "/hook/a?"],
  ["http://h/hook?", "/a?x", "/hook/a?x"],
  ["http://h/hook?k", "/a?", "/hook/a?k"],
  ["http://h/hook", "/a?", "/hook/a?"],
  ["http://h/hook?k=1", "/a?x?y=2", "/hook/a?k=1&x?y=2"],
  ["http://h/hook?k=1&", "?x", "/hook?k=1&&x"],
  ["http://h/hook#top", "/a", "/hook/a"],
  ["http://h/hook?k#top", "/a?x", "/hook/a?k&x"],
  ["http://h/%zz/../a", "/%2F/%zz/..?%", "/%zz/../a/%2F/%zz/..?%"],
  ["http://h/a;b", "/c\\d'\"<>{}|^`", "/a;b/c\\d'\"<>{}|^`"],
  ["http://h/hook", "/a#b?c", "/hook/a#b?c"],
  ["http://h/hook", "#f", "/hook#f"],
];

describe("joining a target", () => {
  test.each(joins)("%s + %s = %s", (typed, captured, path) => {
    expect(joinTarget(parseTarget(typed), captured, true)).toBe(path);
  });

  test.each([
    ["http://h", "/"],
    ["http://h?x", "/?x"],
    ["http://h/hook/?k=1#top", "/hook/?k=1"],
  ])("without append %s is all that counts", (typed, path) => {
    expect(joinTarget(parseTarget(typed), "/a?b", false)).toBe(path);
  });

  test("what was captured always stands at the end of its part, unchanged", () => {
    const raw = fc.string({ unit: fc.constantFrom(..."ab/.%?&=;\\") });
    fc.assert(
      fc.property(raw, raw, (base, rest) => {
        const joined = joinTarget(parseTarget(`http://h/${base}`), `/${rest}`, true);
        const [path = "", query] = rest.split(/\?(.*)/s);
        const [joinedPath = "", joinedQuery] = joined.split(/\?(.*)/s);
        expect(joinedPath.endsWith(`/${path}`)).toBe(true);
        if (query) expect(joinedQuery?.endsWith(query)).toBe(true);
      }),
    );
  });
});

describe("reading a target", () => {
  test.each([
    ["http://h", { scheme: "http", authority: "h", host: "h", port: 80, path: "", query: null }],
    [
      "HTTPS://H.Example:8443/x?",
      { scheme: "https", authority: "H.Example:8443", port: 8443, query: "" },
    ],
    ["https://h/", { port: 443, path: "/" }],
    ["http://[::1]:3000/a", { authority: "[::1]:3000", host: "::1", port: 3000, path: "/a" }],
    ["http://[::FFFF:127.0.0.1]", { host: "::FFFF:127.0.0.1", port: 80 }],
    ["http://[fe80::1%25eth0]/", { host: "fe80::1%eth0" }],
    ["http://localhost./", { host: "localhost." }],
    ["http://0x7f.1/", { host: "0x7f.1" }],
    ["http://my_service:65535", { host: "my_service", port: 65535 }],
    ["http://h/a?b=http://x@y/", { path: "/a", query: "b=http://x@y/" }],
  ])("%s", (text, parts) => {
    expect(parseTarget(text)).toMatchObject(parts);
  });

  test.each([
    ["", /whole URL/],
    ["localhost:3000/x", /http:\/\/ or https:\/\/ before the host/],
    ["/hook", /whole URL/],
    ["//h/hook", /whole URL/],
    ["http:/127.0.0.1/", /whole URL/],
    ["http:127.0.0.1", /whole URL/],
    ["http:\\\\127.0.0.1\\", /whole URL/],
    ["ftp://h/", /Only http:\/\/ and https:\/\//],
    ["file:///etc/passwd", /Only http/],
    ["gopher://h", /Only http/],
    ["http://", /host is missing/],
    ["http:///hook", /host is missing/],
    ["http://:80/", /host is missing/],
    ["http://user:pass@h/", /Authorization header/],
    ["http://public.example@127.0.0.1/", /Authorization header/],
    ["http://public.example\\@127.0.0.1/", /Authorization header/],
    ["http://127.0.0.1\\.example/", /no host name/],
    ["http://h h/", /Character 9 is white space.*%20/],
    [" http://h/", /Character 1 is white space/],
    ["http://h/a\tb", /%09/],
    ["http://h/a\r\nX: y", /%0D/],
    ["http://h/\u0000", /%00/],
    ["http://h/ü", /Character 10 is "ü".*%C3%BC.*xn--/],
    ["http://①②⑦.⓪.⓪.①/", /Character 8 is "①"/],
    ["http://h/\ud800", /Character 10/],
    ["http://%31%32%37.0.0.1/", /no host name/],
    ["http://h:0/", /no port/],
    ["http://h:/", /no port/],
    ["http://h:65536/", /no port/],
    ["http://h:8o/", /no port/],
    ["http://h:80:80/", /no port/],
    ["http://::1/", /brackets/],
    ["http://[::1/", /don't fit/],
    ["http://[127.0.0.1]/", /no IPv6 address/],
    ["http://[v1.x]/", /no IPv6 address/],
    ["http://[]/", /no IPv6 address/],
    ["http://a..b/", /no host name/],
    ["http://-é/", /Character 9/],
    [`http://${"a".repeat(255)}/`, /no host name/],
  ])("%j is refused at /to", (text, detail) => {
    const problem = problemOf(() => parseTarget(text));
    expect(problem).toMatchObject({
      status: 422,
      code: "invalid_fields",
      errors: [{ pointer: "/to" }],
    });
    expect(problem.errors?.[0]?.detail).toMatch(detail);
  });
});

function problemOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    return problemBody(error as Parameters<typeof problemBody>[0]);
  }
  throw new Error("Nothing was thrown");
}
