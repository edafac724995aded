import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { copyAs } from "#lib/copy-as/copy-as.ts";
import { COPY_KINDS, type CopyKind } from "#lib/copy-as/kinds.ts";
import { unnamedDifferences } from "#tests/helpers/copy-as/differences.ts";

const URL_SEEN = "https://hooks.example/in/bin/stripe?src=live";

function captured(parts: Partial<CapturedRequest> = {}): CapturedRequest {
  return {
    id: "0190",
    seq: 1,
    receivedAt: "2026-01-01T00:00:00.000000Z",
    method: "POST",
    target: "/stripe?src=live",
    contentType: "application/json",
    bodySize: 8,
    bodyTruncated: false,
    bodyIncomplete: false,
    remoteAddress: "127.0.0.1",
    provider: null,
    thread: null,
    signature: { status: "unchecked", scheme: null, reason: null, timestampAgeSeconds: null },
    response: null,
    answered: null,
    binId: "bin",
    requestTarget: "/in/bin/stripe?src=live",
    url: URL_SEEN,
    httpVersion: "1.1",
    headers: [
      ["Host", "hooks.example"],
      ["User-Agent", "Stripe/1.0"],
      ["Accept", "*/*"],
      ["Content-Type", "application/json"],
      ["Content-Length", "8"],
    ],
    trailers: [],
    bodyDeclaredSize: 8,
    bodySha256: "",
    redacted: [],
    timing: { headMs: null, bodyMs: 0, storedMs: 0 },
    ...parts,
  };
}

const json = Buffer.from('{"a": 1}');
const none = new Uint8Array();
const kinds = Object.keys(COPY_KINDS) as CopyKind[];
const withHeader = (...pairs: HeaderPair[]) =>
  captured({ headers: [["Host", "hooks.example"], ...pairs] });
const notesOf = (kind: CopyKind, request: CapturedRequest, body: Uint8Array = json) =>
  copyAs(kind, request, body).notes.join("\n");
const curl = (request: CapturedRequest, body: Uint8Array = none, to?: string) =>
  copyAs("curl", request, body, to).text;

describe("a plain webhook can be read in every form", () => {
  test("curl", () => {
    expect(copyAs("curl", captured(), json)).toEqual({
      text: `curl --http1.1 'https://hooks.example/in/bin/stripe?src=live' \\
  -H 'User-Agent: Stripe/1.0' \\
  -H 'Accept: */*' \\
  -H 'Content-Type: application/json' \\
  --data-raw '{"a": 1}'
`,
      notes: [],
    });
  });

  test("HTTPie", () => {
    expect(copyAs("httpie", captured(), json).text).toBe(
      `http --ignore-stdin POST 'https://hooks.example/in/bin/stripe?src=live' \\
  User-Agent:Stripe/1.0 \\
  'Accept:*/*' \\
  Content-Type:application/json \\
  Connection: \\
  --raw '{"a": 1}'
`,
    );
  });

  test("fetch", () => {
    expect(copyAs("fetch", captured(), json).text).toBe(
      `const response = await fetch("https://hooks.example/in/bin/stripe?src=live", {
  method: "POST",
  headers: [
    ["User-Agent", "Stripe/1.0"],
    ["Accept", "*/*"],
    ["Content-Type", "application/json"],
  ],
  body: '{"a": 1}',
  redirect: "manual",
});
console.log(response.status, await response.text());
`,
    );
  });

  test("Python", () => {
    expect(copyAs("python", captured(), json)).toEqual({
      text: `import requests
from urllib3.util import SKIP_HEADER

session = requests.Session()
session.headers.clear()
response = session.request(
    "POST",
    "https://hooks.example/in/bin/stripe?src=live",
    headers={
        "User-Agent": "Stripe/1.0",
        "Accept": "*/*",
        "Content-Type": "application/json",
        "Accept-Encoding": SKIP_HEADER,
    },
    data=b'{"a": 1}',
    allow_redirects=False,
)
print(response.status_code, response.text)
`,
      notes: [],
    });
  });

  test("the message", () => {
    expect(copyAs("raw", captured(), json)).toEqual({
      text: `POST /in/bin/stripe?src=live HTTP/1.1
Host: hooks.example
User-Agent: Stripe/1.0
Accept: */*
Content-Type: application/json
Content-Length: 8

{"a": 1}`.replaceAll("\n", "\r\n"),
      notes: [],
    });
  });
});

describe("what a form can't do is in its notes", () => {
  test.each(kinds)("%s: a body cut short, and our cookie", (kind) => {
    const cut = captured({ bodyIncomplete: true, redacted: ["cookie"] });
    expect(notesOf(kind, cut)).toContain("Only the part of the body that was stored is sent: 8 b");
    expect(notesOf(kind, cut)).toContain("Cookie header is without Hooklens' own session");
  });

  test.each(kinds)("%s: a body over 256 KiB is not in the text", (kind) => {
    const { text, notes } = copyAs(kind, captured(), Buffer.alloc(256 * 1024 + 1, "a"));
    expect(text.length).toBeLessThan(1_000);
    if (kind === "raw") expect(notes.join()).toContain("it is too long");
    else
      expect(notes).toContain(
        "The body is read from body.bin: save its 262,145 bytes there first.",
      );
    expect(text.includes("body.bin")).toBe(kind !== "raw");
  });

  test.each(kinds.filter((kind) => kind !== "raw"))("%s: trailers, another Host", (kind) => {
    const notes = copyAs(kind, captured({ trailers: [["X-Sum", "1"]] }), json, "http://[::1]:1/x");
    expect(notes.notes).toContain("Trailers are not sent: X-Sum.");
    expect(notes.notes).toContain("Host is the URL's; the request had another.");
    expect(copyAs(kind, captured({ headers: [] }), json).notes).toContain(
      "Host is the URL's; the request had none.",
    );
  });

  test("fetch: names that it refuses, joins, adds, or that a page must not set", () => {
    const notes = notesOf(
      "fetch",
      withHeader(["Upgrade", "h2c"], ["X-A", "1"], ["x-a", "2"], ["Referer", "x"], ["7", "x"]),
    );
    expect(notes).toContain("leaves out: Upgrade.");
    expect(notes).toContain("into one: X-A, x-a.");
    expect(notes).toContain("its own: Connection, Accept, Accept-Language, Sec-Fetch-Mode, User-");
    expect(notes).toContain("A browser, unlike Node, leaves out: Referer.");
    expect(notes).toContain("numbers first: 7.");
    expect(notesOf("fetch", captured({ method: "GET" }))).toContain("The body is left out");
  });

  test("a method that a form has no way to send is told in a comment, not tried", () => {
    expect(copyAs("fetch", captured({ method: "TRACE" }), none).text).toMatch(/^\/\/ .*TRACE.*\n$/);
    expect(copyAs("httpie", captured({ method: "M-SEARCH" }), none).text).toMatch(/^# .*\n$/);
  });

  test("raw: a body that is no text, bytes that no clipboard holds, what can't be seen", () => {
    const chunked = withHeader(["Transfer-Encoding", "chunked"], ["X-L", "\xff"]);
    const { text, notes } = copyAs("raw", chunked, Buffer.from([0, 1]));
    expect(text).toMatch(/X-L: \ufffd\r\n\r\n$/);
    expect(notes.join()).toMatch(/it is no text.*no UTF-8 are replaced: X-L\./);
    expect(notesOf("raw", captured(), Buffer.from("a\x1bb"))).toContain("can't be seen");
  });

  test("HTTPie: bytes that are no UTF-8, and backslashes that it eats", () => {
    const notes = notesOf("httpie", withHeader(["X-L", "\xff"], ["X-B", "a\\=b"], ["X-C", "a\\b"]));
    expect(notes).toContain("are no UTF-8 as UTF-8: X-L.");
    expect(notes).toContain("a backslash before : ; = and @: X-B.");
  });

  test.each([
    ["/in/bin/a/../b", ["fetch", "python"]],
    ["/in/bin/%2e%2e/b", ["fetch", "python", "httpie"]],
    ["/in/bin/%c3%a9", ["python", "httpie"]],
    ["/in/bin/a|b", ["fetch", "python", "httpie"]],
    ["/in/bin/a'b?[x]", ["python", "httpie"]],
    ["/in/bin/a?b'", ["fetch"]],
    ["/in/bin/a^b", ["fetch", "python", "httpie"]],
    ["/in/bin/#x", ["fetch", "python", "httpie"]],
    ["/in/bin/?", ["python", "httpie"]],
    ["/in/bin//a?x=[1]", ["python", "httpie"]],
    ["/in/bin//a;b?x=%20+&&", []],
  ])("the target %s is written otherwise by %s", (target, forms) => {
    const rewriting = kinds.filter((kind) =>
      /path/.test(copyAs(kind, captured(), json, `https://hooks.example${target}`).notes.join()),
    );
    expect(rewriting.toSorted()).toEqual(forms.toSorted());
  });
});

describe("curl's options", () => {
  test.each([
    [{ method: "GET" }, "", none],
    [{ method: "HEAD" }, "--head ", none],
    [{ method: "POST" }, "-X POST ", none],
    [{ method: "POST" }, "", json],
    [{ method: "GET" }, "-X GET ", json],
    [{ method: "HEAD" }, "-X HEAD --max-time 5 ", json],
    [{ method: "M-SEARCH" }, "-X M-SEARCH ", none],
    [{ httpVersion: "1.0" }, "-X POST --http1.0 ", none],
  ])("%o: %s", (parts, options, body) => {
    const text = curl(captured({ headers: [], ...parts }), body, "http://a.example/in/bin");
    expect(text).toContain(`curl ${options}http://a.example/in/bin \\\n`);
  });

  test.each([
    ["/in/bin?a[]=1", "--globoff 'http://a/in/bin?a[]=1'"],
    ["/in/bin/../x", "--path-as-is http://a/in/bin/../x"],
    ["/in/bin/#x", "--request-target '/in/bin/#x' http://a/"],
    ["/in/bin/\xff", "--request-target $'/in/bin/\\xff' http://a/"],
    ["/in/bin?", "--request-target '/in/bin?' http://a/"],
  ])("for the target %s", (target, options) => {
    expect(curl(captured({ method: "GET", headers: [] }), none, `http://a${target}`)).toContain(
      `curl ${options} \\\n`,
    );
  });

  test("headers that curl would add are kept away, and only those that it would", () => {
    expect(curl(withHeader(["accept", ""]))).toContain("  -H 'accept;' \\\n  -H User-Agent:\n");
    expect(curl(withHeader(), json)).toContain("-H Content-Type:");
    expect(curl(captured(), Buffer.alloc(2 ** 21))).toContain("-H Expect:");
    const asked = withHeader(["Expect", "100-continue"]);
    expect(curl(asked, Buffer.alloc(2 ** 21))).not.toContain("Expect:\n");
  });

  test("bytes go through a pipe, and so does text that is too long for an argument", () => {
    expect(curl(captured(), Buffer.from([0, 255]))).toMatch(
      /^printf %s 'AP8=' \| base64 --decode \|\n {2}curl .*--data-binary @-\n$/s,
    );
    expect(curl(captured(), Buffer.alloc(100_000, "a"))).toMatch(
      /^printf %s a{100000} \|\n {2}curl/,
    );
  });
});

const hostile = fc.string({
  unit: fc.constantFrom(..."'\"\\`$!^;&|<>(){}[]*?~#=%@-: \t\xe9\xff\x80"),
  minLength: 1,
});

test("whatever a sender wrote, bash gives curl the words that were meant", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (value, path, body) => {
      const header = value.trim() || "x";
      const request = withHeader(["X-A", header], ["User-Agent", "a"], ["Accept", "a"]);
      const to = `http://a/${path.replaceAll(/\s/g, "")}`;
      const script = `curl() { printf '%s\\0' "$@"; cat; }\n`;
      const bytes = Buffer.from(body, "latin1");
      const input = Buffer.from(script + curl(request, bytes, to));
      const words = execFileSync("bash", [], { input }).toString("latin1").split("\0");
      expect(words).toContain(`X-A: ${header}`);
      expect(words.includes(to) || words.includes(to.slice("http://a".length))).toBe(true);
      expect([words.at(-1), words[words.indexOf("--data-raw") + 1]]).toContain(body);
    }),
    { numRuns: 40 },
  );
});

describe("the comparison of a request with its copy", () => {
  const changed = captured({ headers: [["X-A", "2"]], httpVersion: "1.0", trailers: [["T", "1"]] });
  const original = captured({ headers: [["X-A", "1"]] });

  test("tells what no note names", () => {
    const differences = unnamedDifferences(original, changed, ["Nothing of it."]);
    expect(differences.map((difference) => difference.split(":", 1)[0])).toEqual([
      "version",
      "trailers",
      "headers",
    ]);
  });

  test("lets pass what is named, Host and the framing", () => {
    const notes = ["Joined: x-a.", "It is sent as HTTP/1.1.", "Trailers are not sent: T."];
    expect(unnamedDifferences(original, changed, notes)).toEqual([]);
    const framed = captured({
      headers: [
        ["host", "b"],
        ["X-A", "1"],
        ["Content-Length", "1"],
      ],
    });
    expect(unnamedDifferences(original, framed, [])).toEqual([]);
  });
});
