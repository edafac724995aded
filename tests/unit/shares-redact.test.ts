import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { type Redaction, redactionSchema } from "#lib/contract/shares.ts";
import { type Redacted, redactRequest, toSharedSummary } from "#lib/shares/redact.ts";
import { createRandom } from "#tests/helpers/random.ts";
import { BIN, type Given, requestOf } from "#tests/helpers/given-request.ts";

function redact(given: Given, hide: Partial<Redaction>): Redacted & { text: string; all: string } {
  const [request, bytes] = requestOf(given);
  const rules = redactionSchema.parse(hide);
  const redacted = redactRequest(request, bytes, { rules, shareId: "share" });
  const all = JSON.stringify([redacted.request, toSharedSummary(redacted)]);
  return {
    ...redacted,
    text: redacted.body.toString(),
    all: all + redacted.body.toString("latin1"),
  };
}

const whys = ({ request }: Redacted) => request.hidden.map(({ where, why }) => `${where} ${why}`);

describe("what a share hides of a request", () => {
  test("a value by its path, with every other byte as it was", () => {
    const body = '{ "a" : 1.0, "user":{"name" :  "Jo\\u00ebl Smith","age":41}, "x": [ ] }\n';
    const { text } = redact({ body }, { paths: ["user.name", "user.age"] });
    expect(text).toBe(
      '{ "a" : 1.0, "user":{"name" :  "[hidden:value]","age":"[hidden:value]"}, "x": [ ] }\n',
    );
  });

  test("paths go into lists, through wildcards, to groups and to each member of the same name", () => {
    const body = '{"items":[{"n":"first1"},{"n":"second"}],"m":{"k":"one111","k":"two222"}}';
    expect(redact({ body }, { paths: ["items.n"] }).text).not.toMatch(/first1|second/);
    expect(redact({ body }, { paths: ["$.items[1].n"] }).text).toMatch(/first1.*hidden/);
    expect(redact({ body }, { paths: ["[\"M\"]['K']"] }).text).not.toMatch(/one111|two222/);
    expect(redact({ body }, { paths: ["*"] }).text).toBe(
      '{"items":"[hidden:value]","m":"[hidden:value]"}',
    );
  });

  test("the same value is hidden wherever it stands, however it is written", () => {
    const { all } = redact(
      {
        target: "/u/Jane%20Roe?n=Jane+Roe%21&m=Jane%20Roe",
        headers: [
          ["X-Who", "for Jane Roe only"],
          ["X-Packed", Buffer.from('{"w":"Jane Roe"}').toString("base64")],
        ],
        body: '{"name":"Jane Roe","again":"Dear Jane\\u0020Roe,","inner":"{\\"w\\":\\"Jane Roe\\"}"}',
      },
      { paths: ["name"] },
    );
    expect(all).not.toMatch(/Jane(?:\s|%20|\\u0020)Roe|SmFuZSBSb2/);
  });

  test("card numbers, tokens and addresses, in all that a request has", () => {
    const token = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
    const { all, request } = redact(
      {
        target: "/hook/jane%40example.com?access_token=a8f5f167f44f4964e6c998dee827110c",
        headers: [
          ["Authorization", "Bearer mF_9.B5f-4.1JqM"],
          ["Cookie", "theme=dark; session=0f8fad5bd9cb469fa165"],
          ["X-Contact", "Jane <jane@example.com>"],
        ],
        trailers: [["X-After", token]],
        body: `{"card":"4242 4242-4242 4242","number":4242424242424242,"key":"${token}","password":"hunter2","to":["jane\\u0040example.com"]}`,
      },
      { cards: true, tokens: true, emails: true },
    );
    for (const secret of [
      "4242",
      token,
      "example.com",
      "a8f5f167",
      "mF_9",
      "0f8fad5bd9",
      "hunter2",
    ]) {
      expect(all, secret).not.toContain(secret);
    }
    expect(request.headers[1]).toEqual(["Authorization", "Bearer [hidden:token]"]);
  });

  test("what only looks alike stays", () => {
    const body =
      '{"at":1712345678901,"id":"1234567812345678","order":"4242424242424241","repo":"git@github.com:a/b.git","v":"pkg@1.2.3","token_type":"bearer","next_page_token":null}';
    const { text, request } = redact({ body }, { cards: true, tokens: true, emails: true });
    expect(text).toBe(body);
    expect(request.hidden.map(({ why }) => why)).toEqual(
      ["bin", "bin"].slice(0, request.hidden.length),
    );
    expect(request.bodySha256).toBe("ab".repeat(32));
  });

  const b64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
  test.each([
    ["an entity", "text/xml", "<to>jane&#64;example&#x2e;com</to>"],
    [
      "quoted-printable",
      "multipart/mixed; boundary=b",
      "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nto jane=40exam=\r\nple.com\r\n--b--",
    ],
    ["escapes of escapes", "application/json", '{"a":"{\\"to\\":\\"jane\\\\u0040example.com\\"}"}'],
    ["percent of percent", "text/plain", "u=jane%2540example.com"],
    ["Base64 within Base64", "text/plain", b64(`x ${b64("to: jane@example.com ok")}`)],
    ["Base64 behind a path", "text/plain", `/go/${b64('{"to":"jane@example.com"}')}`],
    [
      "gzip in Base64",
      "application/json",
      JSON.stringify({ data: gzipSync("to jane@example.com").toString("base64") }),
    ],
    [
      "a token's claims",
      "application/json",
      JSON.stringify({ t: `${b64('{"alg":"none"}')}.${b64('{"email":"jane@example.com"}')}.` }),
    ],
    ["NDJSON", "application/x-ndjson", '{"a":1}\n{"to":"jane@example.com"}\n'],
  ])("an address is found in %s", (_, type, body) => {
    const { text, request } = redact({ body, type }, { emails: true });
    expect(text).toContain("[hidden:email]");
    expect(request.hidden).toContainEqual({ where: "body", name: null, why: "email", count: 1 });
    expect(text).not.toMatch(/jane|amFuZ|H4sI|example/);
  });

  test("a body that is wrapped too often to be told is withheld", () => {
    let body = "jane@example.com";
    for (let times = 0; times < 10; times++) body = encodeURIComponent(body);
    expect(whys(redact({ body, type: "text/plain" }, { emails: true }))).toContain(
      "body unreadable",
    );
  });

  test("the bin's id, so that a viewer can't send to it, unless the owner says so", () => {
    const given = {
      body: `{"hook":{"url":"https://h.example/in/${BIN}"}}`,
      headers: [["Referer", `/in/${BIN}`]] as HeaderPair[],
    };
    expect(redact(given, {}).all).not.toContain(BIN);
    expect(redact(given, { captureUrl: true }).all).toContain(BIN);
  });

  test("no size and no hash by which a hidden value could be guessed", () => {
    const body = '{"pin":"4711","signature":"5f4dcc3b5aa765d61d8327deb882cf99"}';
    const { request, all } = redact(
      {
        body,
        headers: [
          ["Content-Length", String(body.length)],
          ["Digest", "sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="],
          [
            "X-Hub-Signature-256",
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
          ],
        ],
      },
      { paths: ["pin"] },
    );
    expect(request.headers.slice(1)).toEqual([
      ["Content-Length", String(request.bodySize)],
      ["Digest", "[hidden:checksum]"],
      ["X-Hub-Signature-256", "[hidden:checksum]"],
    ]);
    expect(all).not.toContain("5f4dcc3b");
    expect(request).toMatchObject({ bodySha256: "", bodyDeclaredSize: null });
    const longer = redact({ body: body.replace("4711", "4711-and-more") }, { paths: ["pin"] });
    expect(longer.request.bodySize).toBe(request.bodySize);
  });

  test("forms, their names in brackets, and JSON in a field", () => {
    const body =
      "card%5Bnumber%5D=12345678&name=Jane+Roe&payload=%7B%22user%22%3A%7B%22id%22%3A%22U123456%22%7D%7D&z=%zz";
    const type = "application/x-www-form-urlencoded";
    const { text } = redact({ body, type }, { paths: ["card.number", "payload.user.id"] });
    expect(text).toBe("card%5Bnumber%5D=[hidden:value]&name=Jane+Roe&payload=[hidden:value]&z=%zz");
  });

  test("a multipart body by its parts; a part that can't be looked into is withheld", () => {
    const body = Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="to"\r\n\r\njane@example.com\r\n'),
      Buffer.from('--b\r\nContent-Disposition: form-data; name="f"; filename="a.bin"\r\n\r\n'),
      Buffer.from([0, 1, 2, 3]),
      Buffer.from('\r\n--b\r\nContent-Disposition: form-data; name="n"\r\n\r\nplain\r\n--b--\r\n'),
    ]);
    const { text } = redact({ body, type: "multipart/form-data; boundary=b" }, { emails: true });
    expect(text).toContain('name="to"\r\n\r\n[hidden:email]\r\n--b');
    expect(text).toContain('filename="a.bin"\r\n\r\n[hidden:unreadable]\r\n--b');
    expect(text).toContain("\r\n\r\nplain\r\n--b--");
  });

  test("a compressed body is looked into, and shown unpacked when something is hidden", () => {
    const headers: HeaderPair[] = [["Content-Encoding", "gzip"]];
    const packed = gzipSync('{"to":"jane@example.com"}');
    const { text, request } = redact({ body: packed, headers }, { emails: true });
    expect(text).toBe('{"to":"[hidden:email]"}');
    expect(request.headers[1]).toEqual(["Content-Encoding", "identity"]);
    const plain = gzipSync('{"to":"nobody"}');
    expect(redact({ body: plain, headers }, { emails: true }).body.equals(plain)).toBe(true);
  });

  test.each([
    ["binary", Buffer.from([1, 0, 2, 255]), "application/octet-stream", {}],
    ["UTF-16", Buffer.from('{"to":"jane@example.com"}', "utf16le"), "application/json", {}],
    ["a charset of other bytes", Buffer.from("x"), "text/plain; charset=utf-7", {}],
    [
      "broken JSON with a path",
      Buffer.from('{"a":"secret-value","b":'),
      "application/json",
      { paths: ["b"] },
    ],
    ["an unknown coding", Buffer.from("abc"), "text/plain", { coding: "aes128gcm" }],
    ["broken gzip", Buffer.from("abc"), "text/plain", { coding: "gzip" }],
    ["too large", Buffer.alloc(2 * 1024 * 1024, "a"), "text/plain", {}],
  ])(
    "what can't be looked into is withheld: %s",
    (_, body, type, { coding, ...more }: { coding?: string; paths?: string[] }) => {
      const headers: HeaderPair[] = coding ? [["Content-Encoding", coding]] : [];
      const redacted = redact({ body, type, headers }, { emails: true, ...more });
      expect(redacted.body).toHaveLength(0);
      expect(redacted.request.bodySize).toBe(0);
      expect(whys(redacted)).toContain("body unreadable");
    },
  );

  test("by rules for headers alone it is shown, without their values", () => {
    const body = Buffer.concat([
      Buffer.from([0, 1]),
      Buffer.from("hello secret-of-header"),
      Buffer.from([2]),
    ]);
    const given = {
      body,
      type: "application/octet-stream",
      headers: [["X-Auth", "secret-of-header"]] as HeaderPair[],
    };
    const { all, request } = redact(given, { headers: ["x-auth"] });
    expect(all).not.toContain("secret-of-header");
    expect(request.bodySize).toBe(2 + 6 + "[hidden:header]".length + 1);
  });

  test("what is derived is derived from what is shown", () => {
    const provider = {
      id: "stripe",
      name: "Stripe",
      event: "charge.succeeded",
      deliveryId: "evt_1P2x9ZAbCdEf",
      attempt: null,
      eventId: "evt_1P2x9ZAbCdEf",
      account: "acct_1032D82eZvKYlo2C",
      mode: "live" as const,
      occurredAt: "2026-11-21T09:59:59.000000Z",
    };
    const body =
      '{"id":"evt_1P2x9ZAbCdEf","object":"event","account":"acct_1032D82eZvKYlo2C","created":1795255199,"type":"charge.succeeded","livemode":true}';
    const { request, all } = redact({ body, provider }, { paths: ["account", "id", "created"] });
    expect(all).not.toMatch(/acct_1032|evt_1P2x|1795255199|owners-own-secret/);
    expect(request.provider).toMatchObject({
      id: "stripe",
      event: "charge.succeeded",
      occurredAt: null,
    });
    expect(request).toMatchObject({ thread: null, response: { status: 200, headers: [] } });
  });
});

describe("over requests made at random", () => {
  test("no hidden value is in the output, and nothing else has changed", () => {
    const { pick, between } = createRandom(7);
    const secrets = [
      "Jane Roe 77",
      "zürich-9912",
      "4242424242424242",
      'a"b\\c&d=e',
      "x/y+z 0815",
      "\u{1f600}smile1",
    ] as const;
    const writers = [
      (text: string) => JSON.stringify(text),
      (text: string) =>
        `"${[...text].map((char) => (char.length === 1 ? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}` : char)).join("")}"`,
      (text: string) => JSON.stringify(encodeURIComponent(text)),
      (text: string) => JSON.stringify(JSON.stringify({ inner: text })),
      (text: string) => JSON.stringify(Buffer.from(`{"deep":"${text}"}`).toString("base64")),
      (text: string) => JSON.stringify(Buffer.from(encodeURIComponent(text)).toString("base64url")),
    ] as const;
    for (let round = 0; round < 300; round++) {
      const secret = pick(secrets);
      const members = Array.from({ length: between(1, 7) }, (_, at) =>
        between(0, 2) ? `"k${at}" : ${pick(writers)(secret)}` : `"plain${at}":${between(0, 9999)}`,
      );
      members.splice(between(0, members.length + 1), 0, `"hide": ${JSON.stringify(secret)}`);
      const body = `{${members.join(pick([",", " ,\n"] as const))}}`;
      const target = `/t?q=${encodeURIComponent(secret)}`;
      const { text, all, request } = redact({ body, target }, { paths: ["hide"] });
      for (const form of [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        JSON.stringify(encodeURIComponent(secret)).slice(1, -1),
      ]) {
        expect(all, body).not.toContain(form);
        expect(all, body).not.toContain(Buffer.from(form).toString("latin1"));
      }
      expect(() => JSON.parse(text)).not.toThrow();
      for (const member of members.filter((each) => each.includes("plain")))
        expect(text).toContain(member);
      expect(request.target).toBe("/t?q=[hidden:value]");
      const values: unknown[] = Object.values(JSON.parse(text));
      for (const value of values)
        expect(typeof value === "number" || String(value).includes("[hidden:value]"), text).toBe(
          true,
        );
    }
  });

  test("without rules every byte is as it was", () => {
    const { between } = createRandom(3);
    for (let round = 0; round < 50; round++) {
      const body = Buffer.from(Array.from({ length: between(0, 300) }, () => between(0, 256)));
      const { body: shown, request } = redact({ body, type: null }, {});
      expect(shown.equals(body)).toBe(true);
      expect(request.bodySize).toBe(body.length);
    }
  });
});
