import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { diagnose } from "#lib/signatures/doctor/diagnose.ts";
import type { Secret, SignedRequest } from "#lib/signatures/subject.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const SECONDS = String(NOW / 1000);
const SECRET = "a secret of the sender";
const WHSEC = `whsec_${Buffer.from("twenty-four bytes, of it").toString("base64")}`;
const BODY = '{"id":"evt_1","amount":1.0,"name":"Zoë","url":"https://a.example/b"}';

const utf8 = (text: string) => new TextEncoder().encode(text);
const mac = (message: string | Uint8Array, key: string | Uint8Array = SECRET, hash = "sha256") =>
  createHmac(hash, key).update(message);
const hex = (...given: Parameters<typeof mac>) => mac(...given).digest("hex");

function request(
  headers: HeaderPair[],
  body: string | Uint8Array = BODY,
  rest: Partial<SignedRequest> = {},
): SignedRequest {
  const bytes = typeof body === "string" ? utf8(body) : body;
  const base = { method: "POST", url: "https://a.example/in/k7m2", isBodyWhole: true };
  return { ...base, headers, body: new Uint8Array(bytes), receivedAtMs: NOW, ...rest };
}

const kept = (provider: string, value: string, id = "1"): Secret => ({ id, provider, value });
const github = (signature: string, body: string | Uint8Array = BODY, more: HeaderPair[] = []) =>
  request([["X-Hub-Signature-256", signature], ...more], body);
const svix = (message: string, key: string | Uint8Array, body = BODY) =>
  request(
    [
      ["svix-id", "msg_1"],
      ["svix-timestamp", SECONDS],
      ["svix-signature", `v1,${mac(message, key).digest("base64")}`],
    ],
    body,
  );
const SVIX_MESSAGE = `msg_1.${SECONDS}.${BODY}`;

async function codes(signed: SignedRequest, provider: string, ...secrets: Secret[]) {
  const { findings } = await diagnose(signed, provider, secrets);
  const [first] = findings;
  return first ? [first.certainty, first.code, ...first.also] : [];
}

describe("nothing is said", () => {
  test("of a request that is verified", async () => {
    const signed = github(`sha256=${hex(BODY)}`);
    expect(await diagnose(signed, "github", [kept("github", SECRET)])).toEqual({
      findings: [],
      tried: 0,
      isComplete: true,
    });
  });

  test("without a secret, and of a sender that signs nothing", async () => {
    expect(await codes(github("sha256=00"), "github")).toEqual([]);
    expect(await codes(github("sha256=00"), "nobody", kept("nobody", SECRET))).toEqual([]);
  });
});

describe("the secret", () => {
  test.each([
    ["with a space at its end", `${SECRET} `, "secret_space"],
    ["with a file's last newline", `${SECRET}\n`, "secret_space"],
    ["in quotes", `"${SECRET}"`, "secret_quotes"],
    ["as a line of a settings file", `GITHUB_SECRET=${SECRET}`, "secret_assignment"],
  ])("%s is named", async (_, pasted, code) => {
    const signed = github(`sha256=${hex(BODY)}`);
    expect(await codes(signed, "github", kept("github", pasted))).toEqual(["match", code]);
  });

  test("of the sender may have the newline instead", async () => {
    const signed = github(`sha256=${hex(BODY, `${SECRET}\n`)}`);
    expect(await codes(signed, "github", kept("github", SECRET))).toEqual([
      "match",
      "secret_space",
    ]);
  });

  test("that was not decoded, with and without its prefix", async () => {
    const secret = kept("svix", WHSEC);
    expect(await codes(svix(SVIX_MESSAGE, WHSEC), "svix", secret)).toEqual([
      "match",
      "secret_text",
    ]);
    const bare = svix(SVIX_MESSAGE, WHSEC.slice(6));
    expect(await codes(bare, "svix", secret)).toEqual(["match", "secret_prefix"]);
  });

  test("that was decoded and should not have been, from base64 and from hex", async () => {
    const time = (key: string | Uint8Array) =>
      request([["Stripe-Signature", `t=${SECONDS},v1=${hex(`${SECONDS}.${BODY}`, key)}`]]);
    const decoded = Buffer.from(WHSEC.slice(6), "base64");
    expect(await codes(time(decoded), "stripe", kept("stripe", WHSEC))).toEqual([
      "match",
      "secret_base64",
    ]);
    const digits = "00112233445566778899aabbccddeeff";
    const signed = github(`sha256=${hex(BODY, Buffer.from(digits, "hex"))}`);
    expect(await codes(signed, "github", kept("github", digits))).toEqual(["match", "secret_hex"]);
  });

  test.each(["", "undefined", "null", "None"])(
    "%j, as of a setting that is not there",
    async (key) => {
      const signed = github(`sha256=${hex(BODY, key)}`);
      expect(await codes(signed, "github", kept("github", SECRET))).toEqual([
        "match",
        "secret_empty",
      ]);
    },
  );

  test("is a wrong one, and another that is kept is right", async () => {
    const signed = github(`sha256=${hex(BODY)}`);
    const secrets = [kept("github", "wrong", "1"), kept("gitea", "another", "2")];
    const right = kept("stripe", SECRET, "3");
    const { findings } = await diagnose(signed, "github", [...secrets, right]);
    expect(findings[0]).toMatchObject({ code: "other_secret", secretId: "3" });
  });

  test("is the one that all of a provider's tests share", async () => {
    const time = "2026-11-21T11:59:00Z";
    const shared = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==";
    const signed = request([
      ["X-Zendesk-Webhook-Signature-Timestamp", time],
      ["X-Zendesk-Webhook-Signature", mac(`${time}${BODY}`, shared).digest("base64")],
    ]);
    const found = await codes(signed, "zendesk", kept("zendesk", SECRET));
    expect(found).toEqual(["match", "secret_of_tests"]);
  });

  test("is a key of the API", async () => {
    const signed = github(`sha256=${hex(BODY, "x")}`);
    const found = await codes(signed, "github", kept("github", "ghp_abcdefghijklmnop"));
    expect(found).toEqual(["fact", "secret_is_api_key"]);
  });

  test("can't be one of the scheme", async () => {
    const signed = request([["Stripe-Signature", `t=${SECONDS},v1=${"0".repeat(64)}`]]);
    expect(await codes(signed, "stripe", kept("stripe", "something"))).toEqual([
      "fact",
      "bad_secret",
    ]);
  });
});

describe("the signature", () => {
  test.each([
    ["in base64 for hex", `sha256=${mac(BODY).digest("base64")}`, "signature_encoding"],
    ["in base64 of hex", `sha256=${btoa(hex(BODY))}`, "signature_encoding"],
    ["without its prefix", hex(BODY), "signature_prefix"],
    ["with another prefix", `v1=${hex(BODY)}`, "signature_prefix"],
    ["in quotes", `sha256="${hex(BODY)}"`, "signature_prefix"],
  ])("%s", async (_, signature, code) => {
    expect(await codes(github(signature), "github", kept("github", SECRET))).toEqual([
      "match",
      code,
    ]);
  });

  test.each([
    ["Bearer t0ken", "t0ken"],
    ["t0ken", "Bearer t0ken"],
  ])("%s, where %s is kept: the word before a token", async (sent, secret) => {
    const signed = request([["Authorization", sent]]);
    expect(await codes(signed, "okta", kept("okta", secret))).toEqual([
      "match",
      "signature_prefix",
    ]);
  });

  test("in hex for base64", async () => {
    const signed = request([["X-Shopify-Hmac-Sha256", hex(BODY)]]);
    const found = await codes(signed, "shopify", kept("shopify", SECRET));
    expect(found).toEqual(["match", "signature_encoding"]);
  });

  test("by another hash", async () => {
    const signed = github(`sha256=${hex(BODY, SECRET, "sha512")}`);
    expect(await codes(signed, "github", kept("github", SECRET))).toEqual(["match", "hash"]);
  });

  test("in another header", async () => {
    const signed = request([["X-My-Signature", `sha256=${hex(BODY)}`]]);
    const found = await codes(signed, "github", kept("github", SECRET));
    expect(found).toEqual(["match", "signature_header"]);
  });

  test("by another provider's scheme", async () => {
    const signed = request([
      ["Stripe-Signature", `t=${SECONDS},v1=${hex(`${SECONDS}.${BODY}`, WHSEC)}`],
    ]);
    const { findings } = await diagnose(signed, "github", [kept("github", WHSEC)]);
    expect(findings[0]).toMatchObject({ code: "other_scheme", scheme: "stripe-v1" });
  });

  test("is not there, and whose is there is told", async () => {
    const signed = request([["Stripe-Signature", `t=${SECONDS},v1=${"0".repeat(64)}`]]);
    const { findings } = await diagnose(signed, "github", [kept("github", SECRET)]);
    expect(findings.map(({ code }) => code)).toEqual(["missing", "other_sender"]);
    expect(findings[1]?.title).toContain("stripe");
  });

  const stripe = (value: string) =>
    diagnose(request([["Stripe-Signature", value]]), "stripe", [kept("stripe", WHSEC)]);

  test.each(["V1", "v0"])("behind %s=, and no other part is blamed", async (label) => {
    const { findings } = await stripe(`t=${SECONDS},${label}=${hex(`${SECONDS}.${BODY}`, WHSEC)}`);
    expect(findings.map(({ code }) => code)).toEqual(["signature_prefix", "missing"]);
    expect(findings[1]?.title).toBe(
      "What stands in Stripe-Signature holds no signature of this scheme",
    );
  });

  test("is there, and empty", async () => {
    const { findings } = await stripe(" ");
    expect(findings.map(({ title }) => title)).toEqual(["Stripe-Signature is there, and empty"]);
  });

  test("is behind its prefix twice", async () => {
    const found = await codes(
      github(`sha256=sha256=${hex(BODY)}`),
      "github",
      kept("github", SECRET),
    );
    expect(found).toEqual(["match", "signature_prefix"]);
  });

  test("is no digest, and what it should be is said whether or not it has a prefix", async () => {
    const shopify = request([["X-Shopify-Hmac-Sha256", "a word"]]);
    const { findings } = await diagnose(shopify, "shopify", [kept("shopify", SECRET)]);
    expect(findings[0]?.advice).toBe(
      "It should be a digest in base64, whole; it has 6 characters.",
    );
  });

  test("is the weaker of two, and the stronger one does not fit", async () => {
    const signed = github(`sha256=${"0".repeat(64)}`, BODY, [
      ["X-Hub-Signature", `sha1=${hex(BODY, SECRET, "sha1")}`],
    ]);
    const { findings } = await diagnose(signed, "github", [kept("github", SECRET)]);
    expect(findings).toMatchObject([{ code: "weaker_fits", certainty: "fact" }]);
    expect(findings[0]?.title).toBe(
      "X-Hub-Signature fits, and X-Hub-Signature-256 beside it does not",
    );
  });

  test("is cut", async () => {
    const found = await codes(
      github(`sha256=${hex(BODY).slice(0, 40)}`),
      "github",
      kept("github", "x"),
    );
    expect(found).toEqual(["fact", "malformed"]);
  });
});

describe("the body", () => {
  const python = BODY.replaceAll('":', '": ').replaceAll(',"', ', "');
  const ascii = BODY.replace("ë", "\\u00eb");
  const sorted = '{"amount":1,"id":"evt_1","name":"Zoë","url":"https://a.example/b"}';
  const latin1 = Buffer.from(BODY, "latin1");

  test.each<[string, string | Uint8Array, string | Uint8Array, string[]]>([
    ["newline added", BODY, `${BODY}\n`, ["newline_added"]],
    ["CRLF added", BODY, `${BODY}\r\n`, ["newline_added"]],
    ["newline lost", `${BODY}\n`, BODY, ["newline_missing"]],
    ["CRLF lost", `${BODY}\r\n`, BODY, ["newline_missing"]],
    ["CRLF made LF", "a\r\nb\r\nc", "a\nb\nc", ["line_ends"]],
    ["LF made CRLF", "a\nb\nc", "a\r\nb\r\nc", ["line_ends"]],
    ["byte order mark taken off", `\ufeff${BODY}`, BODY, ["byte_order_mark"]],
    ["byte order mark put on", BODY, `\ufeff${BODY}`, ["byte_order_mark"]],
    ["signed as Latin-1", latin1, BODY, ["charset"]],
    ["sent as Latin-1", BODY, latin1, ["charset"]],
    ["encoded twice", latin1.toString("latin1"), Buffer.from(BODY).toString("latin1"), ["charset"]],
    [
      "printed with two spaces",
      JSON.stringify(JSON.parse(BODY), null, 2).replace(": 1,", ": 1.0,"),
      BODY,
      ["json_printed"],
    ],
    ["printed as by Python", python, BODY, ["json_printed"]],
    ["printed in one line", BODY, python, ["json_printed"]],
    [
      "printed with four spaces and a newline",
      `{\n    "a": [\n        1\n    ],\n    "b": {}\n}\n`,
      '{"a":[1],"b":{}}',
      ["json_printed"],
    ],
    ["escaped beyond ASCII", ascii, BODY, ["json_escapes"]],
    ["escapes written out", BODY, ascii, ["json_escapes"]],
    ["slashes escaped, as by PHP", ascii.replaceAll("/", "\\/"), BODY, ["json_escapes"]],
    [
      "markup escaped, as by Go",
      '{"a":"\\u003cb\\u003e\\u0026"}',
      '{"a":"<b>&"}',
      ["json_escapes"],
    ],
    ["parsed and printed: 1.0 became 1", JSON.stringify(JSON.parse(BODY)), BODY, ["json_numbers"]],
    ["its keys sorted", sorted, BODY, ["json_order"]],
    ["unpacked for signing", BODY, gzipSync(BODY), ["decompressed"]],
    ["packed for signing", gzipSync(BODY), BODY, ["compressed"]],
    ["a form, encoded anew", "a=b+c&d=%7E", "a=b%20c&d=~", ["form_encoding"]],
    ["a form, by JavaScript", "a=b%20c!&d=(e)", "a=b+c%21&d=(e)", ["form_encoding"]],
    ["a form, by Python", "a=b+~%2A", "a=b%20~*", ["form_encoding"]],
    ["a form's field", BODY, `payload=${encodeURIComponent(BODY)}`, ["form_field"]],
    ["not there yet", "", BODY, ["body_empty"]],
    ["a parser's leftover", "{}", BODY, ["body_empty"]],
  ])("%s", async (_, signedBody, arrived, expected) => {
    const signed = github(`sha256=${hex(signedBody)}`, arrived);
    const found = await codes(signed, "github", kept("github", SECRET));
    expect(found).toEqual(["match", ...expected]);
  });

  test("deflated after it was signed", async () => {
    const signed = github(`sha256=${hex(BODY)}`, deflateSync(BODY), [
      ["Content-Encoding", "deflate"],
    ]);
    expect(await codes(signed, "github", kept("github", SECRET))).toEqual([
      "match",
      "decompressed",
    ]);
  });

  test("signed without the timestamp, or without the dots", async () => {
    const stripe = (message: string) =>
      request([["Stripe-Signature", `t=${SECONDS},v1=${hex(message, WHSEC)}`]]);
    for (const message of [BODY, SECONDS + BODY]) {
      const found = await codes(stripe(message), "stripe", kept("stripe", WHSEC));
      expect(found).toEqual(["match", "parts_left_out"]);
    }
  });

  test("signed without the text that the scheme puts before it", async () => {
    const signature = `v0=${hex(`${SECONDS}:${BODY}`)}`;
    const signed = request([
      ["X-Slack-Request-Timestamp", SECONDS],
      ["X-Slack-Signature", signature],
    ]);
    const found = await codes(signed, "slack", kept("slack", SECRET));
    expect(found).toEqual(["match", "parts_left_out"]);
  });

  test("signed before the URL, or behind it, where the scheme says otherwise", async () => {
    const url = "https://a.example/in/k7m2";
    const signature = mac(`${url}${BODY}`, SECRET, "sha1").digest("base64");
    const signed = request([["X-Trello-Webhook", signature]]);
    const found = await codes(signed, "trello", kept("trello", SECRET));
    expect(found).toEqual(["match", "parts_left_out"]);
  });

  test("and the secret wrong at once", async () => {
    const signed = github(`sha256=${hex(JSON.stringify(JSON.parse(BODY)))}`);
    const found = await codes(signed, "github", kept("github", `${SECRET} `));
    expect(found).toEqual(["match", "json_numbers", "secret_space"]);
  });

  test("of which only the beginning was kept is not judged", async () => {
    const signed = { ...github(`sha256=${hex(BODY)}`, BODY.slice(0, 9)), isBodyWhole: false };
    expect(await codes(signed, "github", kept("github", SECRET))).toEqual(["fact", "body_cut"]);
  });
});

describe("the URL", () => {
  const signedFor = (url: string, seen: string, headers: HeaderPair[] = []) =>
    request(
      [["x-square-hmacsha256-signature", mac(url + BODY).digest("base64")], ...headers],
      BODY,
      { url: seen },
    );
  const url = "https://shop.example/in/k7m2?a=b%20c";

  test.each<[string, string, HeaderPair[], string[]]>([
    ["http behind a proxy", "http://shop.example/in/k7m2?a=b%20c", [], ["url_scheme"]],
    ["a port", "https://shop.example:8443/in/k7m2?a=b%20c", [], ["url_port"]],
    [
      "another host",
      "https://10.0.0.7/in/k7m2?a=b%20c",
      [["X-Forwarded-Host", "shop.example"]],
      ["url_host"],
    ],
    [
      "another host, as RFC 7239 tells it",
      "https://10.0.0.7/in/k7m2?a=b%20c",
      [["Forwarded", 'for=1.2.3.4;host="shop.example"']],
      ["url_host"],
    ],
    [
      "scheme, host and port at once",
      "http://127.0.0.1:3000/in/k7m2?a=b%20c",
      [["X-Forwarded-Host", "shop.example"]],
      ["url_scheme", "url_host"],
    ],
    ["a slash more", "https://shop.example/in/k7m2/?a=b%20c", [], ["url_slash"]],
    ["a segment more", "https://shop.example/api/in/k7m2?a=b%20c", [], ["url_path"]],
  ])("%s", async (_, seen, headers, expected) => {
    const found = await codes(signedFor(url, seen, headers), "square", kept("square", SECRET));
    expect(found).toEqual(["match", ...expected]);
  });

  test.each([
    ["without its query", "https://shop.example/in/k7m2", "url_query"],
    ["decoded", "https://shop.example/in/k7m2?a=b c", "url_escapes"],
    ["with the port behind a proxy", "https://shop.example:8080/in/k7m2?a=b%20c", "url_port"],
    ["with the port of https", "https://shop.example:443/in/k7m2?a=b%20c", "url_port"],
  ])("%s", async (_, signedUrl, code) => {
    const found = await codes(signedFor(signedUrl, url), "square", kept("square", SECRET));
    expect(found).toEqual(["match", code]);
  });

  test("of a scheme that has the secret in its message", async () => {
    const digest = createHash("sha256").update(`${SECRET}POST${url}${BODY}`).digest("hex");
    const headers: HeaderPair[] = [
      ["X-HubSpot-Signature", digest],
      ["X-HubSpot-Signature-Version", "v2"],
    ];
    const seen = request(headers, BODY, { url: url.replace("https", "http") });
    expect(await codes(seen, "hubspot", kept("hubspot", SECRET))).toEqual(["match", "url_scheme"]);
  });
});

describe("the time", () => {
  const at = (seconds: number) =>
    request([["Stripe-Signature", `t=${seconds},v1=${hex(`${seconds}.${BODY}`, WHSEC)}`]]);

  test("is old, or ahead", async () => {
    const { findings } = await diagnose(at(NOW / 1000 - 600), "stripe", [kept("stripe", WHSEC)]);
    expect(findings).toMatchObject([{ code: "stale", certainty: "fact" }]);
    expect(findings[0]?.title).toContain("10 min old on arrival");
    const ahead = svixAt(NOW / 1000 + 900);
    expect(await codes(ahead, "svix", kept("svix", WHSEC))).toEqual(["fact", "future"]);
  });

  const svixAt = (seconds: number) =>
    request([
      ["svix-id", "msg_1"],
      ["svix-timestamp", String(seconds)],
      [
        "svix-signature",
        `v1,${mac(`msg_1.${seconds}.${BODY}`, Buffer.from(WHSEC.slice(6), "base64")).digest("base64")}`,
      ],
    ]);

  test("is written in another unit, which is not taken for its age", async () => {
    expect(await codes(svixAt(NOW), "svix", kept("svix", WHSEC))).toEqual(["fact", "time_unit"]);
    const inSeconds = request([
      ["WorkOS-Signature", `t=${SECONDS}, v1=${hex(`${SECONDS}.${BODY}`)}`],
    ]);
    const { findings } = await diagnose(inSeconds, "workos", [kept("workos", SECRET)]);
    expect(findings.map(({ code }) => code)).toEqual(["time_unit"]);
    expect(findings[0]?.title).toContain("in seconds since 1970");
  });

  test.each(["1e400", "9999999999999999", "soon"])(
    "%s is none, though the signature fits: nothing else is blamed",
    async (time) => {
      const signed = request([
        ["Stripe-Signature", `t=${time},v1=${hex(`${time}.${BODY}`, WHSEC)}`],
      ]);
      const { findings } = await diagnose(signed, "stripe", [kept("stripe", WHSEC)]);
      expect(findings.map(({ code }) => code)).toEqual(["bad_timestamp"]);
    },
  );

  test("is not there, or is none", async () => {
    const signature = `v1,${"A".repeat(43)}=`;
    const none = request([
      ["svix-id", "1"],
      ["svix-signature", signature],
    ]);
    expect(await codes(none, "svix", kept("svix", WHSEC))).toEqual(["fact", "incomplete"]);
    const bad = request([
      ["svix-id", "1"],
      ["svix-timestamp", "soon"],
      ["svix-signature", signature],
    ]);
    expect(await codes(bad, "svix", kept("svix", WHSEC))).toEqual(["fact", "bad_timestamp"]);
  });
});

test("a public key with white space is named, though nothing can be computed", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
  const signature = sign(null, Buffer.from(SVIX_MESSAGE), privateKey).toString("base64");
  const signed = request([
    ["svix-id", "msg_1"],
    ["svix-timestamp", SECONDS],
    ["svix-signature", `v1a,${signature}`],
  ]);
  const found = await codes(signed, "svix", kept("svix", `whpk_${raw}\n`));
  expect(found).toEqual(["match", "secret_space"]);
});

test("what nothing explains is said to be so, with where the right secret is found", async () => {
  const { findings, isComplete } = await diagnose(
    github(`sha256=${hex(BODY, "quite another")}`),
    "github",
    [kept("github", SECRET)],
  );
  expect(findings).toMatchObject([{ code: "no_match", certainty: "fact" }]);
  expect(isComplete).toBe(true);
});

test("no finding holds anything of a secret", async () => {
  const secret = kept("github", `ghp_${"x".repeat(30)} `);
  for (const signature of [`sha256=${hex(BODY, secret.value.trim())}`, "sha256=00", ""]) {
    const told = JSON.stringify(await diagnose(github(signature), "github", [secret]));
    expect(told).not.toContain("xxxxx");
  }
});

describe("the work is bounded", () => {
  test.each([
    ["text", new Uint8Array(10 * 1_048_576).fill(0x61)],
    ["JSON", utf8(`[${"1,".repeat(5_242_000)}2]`)],
    ["JSON of a size that is still printed anew", utf8(`[${'{"a":"ë"},'.repeat(20_000)}2]`)],
    ["deep JSON", utf8("[".repeat(100_000) + "]".repeat(100_000))],
    ["a bomb", gzipSync(Buffer.alloc(200 * 1_048_576))],
    ["broken gzip", Uint8Array.from([0x1f, 0x8b, 1, 2, 3])],
    ["a form of many fields", utf8("a=b&".repeat(60_000))],
  ])("for %s", async (_, body) => {
    const headers: HeaderPair[] = Array.from({ length: 300 }, (__, at) => [
      `X-${at}`,
      "ab,".repeat(600),
    ]);
    const signed = github(`sha256=${"0".repeat(64)}`, body, headers);
    const secrets = Array.from({ length: 10 }, (__, at) =>
      kept("github", `secret ${at}`, String(at)),
    );
    const { tried } = await diagnose(signed, "github", secrets);
    expect(tried).toBeLessThanOrEqual(12_000);
  });
});
