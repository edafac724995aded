import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { handlerCode } from "#lib/signatures/handler/handler-code.ts";
import { type HandlerKind, handlerKinds } from "#lib/signatures/handler/handler-kind.ts";
import { BODY, digest, hs256, mac, p256, part, SECRET } from "#tests/fixtures/code-signer.ts";
import { publicPem } from "#tests/fixtures/token-signers.ts";
import { secretGuides } from "#lib/providers/secret-guide.ts";
import { schemesOf } from "#lib/signatures/schemes.ts";
import {
  fetchedHandlerCases,
  inTurn,
  laterKeys,
  publishedKeys,
} from "#tests/helpers/handler-fetched-samples.ts";
import { codeHandlerCases } from "#tests/helpers/handler-key-samples.ts";
import { type HandlerCase, handlerCases } from "#tests/helpers/handler-samples.ts";
import { publishKeys } from "#tests/helpers/published-keys.ts";

type Answer = { name: string; what: string; isGenuine: boolean; status: number };

const folder = mkdtempSync(path.join(os.tmpdir(), "hooklens-handlers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const helper = (name: string) => path.resolve(import.meta.dirname, "../helpers", name);

/** The answers of a program that is given the cases in a file. */
async function run(program: string, args: string[], cases: unknown): Promise<Answer[]> {
  const file = path.join(folder, "cases.json");
  writeFileSync(file, JSON.stringify(cases));
  const { stdout, stderr } = await promisify(execFile)(program, [...args, file], {
    // A proxy would be asked for keys that are published here.
    env: { ...process.env, no_proxy: "127.0.0.1" },
    maxBuffer: 16 * 1024 * 1024,
    timeout: 60_000,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Answer[];
}

const wrong = (answers: Answer[]) =>
  answers.filter(({ isGenuine, status }) => status !== (isGenuine ? 200 : 401));

/** The answers of Next routes. */
function runNext(cases: HandlerCase[], folderName: string): Promise<Answer[]> {
  mkdirSync(path.join(folder, folderName));
  const written = cases.map((each, at) => {
    const file = path.join(folder, folderName, `${at}.mjs`);
    writeFileSync(file, each.code);
    return { ...each, file: pathToFileURL(file).href };
  });
  return run(process.execPath, [helper("run-next-handlers.mjs")], written);
}

const runPython = (cases: HandlerCase[]) => run("python3", [helper("run-python-checks.py")], cases);

const hasPython = (code: string) => spawnSync("python3", ["-c", code]).status === 0;

test("a Next route of each scheme takes what is genuine and nothing else", async () => {
  const cases = handlerCases("next", Date.now());
  expect(cases.length).toBeGreaterThan(50);
  const answers = await runNext(cases, "digests");
  expect(answers.length).toBeGreaterThan(cases.length * 3);
  expect(wrong(answers)).toEqual([]);
});

test("the Python of each scheme does too, on a machine that has Python", async () => {
  const isThere = hasPython("pass");
  for (const kind of ["fastapi", "flask"] as const) {
    const cases = handlerCases(kind, Date.now());
    expect(cases.length).toBeGreaterThan(50);
    if (isThere) expect(wrong(await runPython(cases))).toEqual([]);
  }
});

const byCode = [
  "twilio: twilio-form",
  "twilio: twilio-body-hash",
  "mandrill: mandrill-form",
  "braintree: braintree-sha1",
  "adyen: adyen-items",
  "adyen: adyen-header",
  "contentful: contentful-canonical",
  "paypal: paypal-rsa",
  "aws-sns: aws-sns-1",
  "aws-sns: aws-sns-2",
  "wise: wise-sha256",
  "wise: wise-sha1",
  "discord: discord-ed25519",
  "sendgrid: sendgrid-ecdsa",
  "standard-webhooks: standard-webhooks-v1a",
  "fusionauth: fusionauth-hs256",
  "fusionauth: fusionauth-es256",
  "fusionauth: fusionauth-rs256",
  "netlify: netlify-jws",
  "livekit: livekit-jwt",
  "plaid: plaid-jws",
];

test("a Next route does with public keys, and with fields of a form", async () => {
  const cases = codeHandlerCases("next", Date.now());
  expect([...new Set(cases.map(({ name }) => name))]).toEqual(byCode);
  const answers = await runNext(cases, "keys");
  expect(answers.length).toBeGreaterThan(byCode.length * 5);
  expect(wrong(answers)).toEqual([]);
});

test("the Python does too; with public keys where it has the package", async () => {
  const [isThere, hasPackage] = [hasPython("pass"), hasPython("import cryptography")];
  for (const kind of ["fastapi", "flask"] as const) {
    const cases = codeHandlerCases(kind, Date.now());
    expect([...new Set(cases.map(({ name }) => name))]).toEqual(byCode);
    const runnable = cases.filter(({ setting }) => hasPackage || setting.endsWith("_SECRET"));
    if (isThere) expect(wrong(await runPython(runnable))).toEqual([]);
    if (isThere) expect(compilePython(cases.map(({ code }) => code))).toBe("");
  }
});

describe("with keys that are fetched", () => {
  const programs = [
    ["a Next route", (cases: HandlerCase[]) => runNext(cases, `fetched-${++folders}`), "next"],
    ["the Python", runPython, "flask"],
    ["the Python", runPython, "fastapi"],
  ] as const;
  const runnable = hasPython("import cryptography") ? programs : programs.slice(0, 1);
  let folders = 0;

  test.each(runnable)(
    "%s takes what is genuine; it asks once, and again for another key, but not within a minute",
    async (_, runIt, kind) => {
      const servers = [
        await publishKeys(publishedKeys),
        await publishKeys(publishedKeys, laterKeys),
        await publishKeys(publishedKeys, laterKeys),
      ] as const;
      const cases = fetchedHandlerCases(kind, Date.now(), servers[0].url);
      expect(cases.map(({ samples }) => samples.length)).toEqual([6, 1, 15]);
      const asking = (at: 1 | 2, taken: boolean[]) =>
        fetchedHandlerCases(kind, Date.now(), servers[at].url)
          .filter(({ name }) => name === "google-pubsub")
          .map((each) => ({ ...each, samples: inTurn(Date.now(), taken) }));
      const anew = asking(2, [true, true, false]).map((each) => ({
        ...each,
        code: each.code.replace(/ > 60(?:_000)?\b/, " > -1"),
      }));
      const all = [...cases, ...asking(1, [true, false, true]), ...anew];
      expect(wrong(await runIt(all))).toEqual([]);
      // The handler of another user never comes to asking.
      expect(servers.map(({ asked }) => asked())).toEqual([2, 1, 3]);
      for (const server of servers) server.close();
    },
  );
});

test("of a form's repeated field Twilio signs each different value once, Mandrill the last", async () => {
  const signed = { twilio: "a1a2b", mandrill: "a2b" };
  const cases = (kind: HandlerKind) =>
    codeHandlerCases(kind, Date.now()).flatMap((each) => {
      const provider = each.name.startsWith("twilio") ? "twilio" : "mandrill";
      const name = `X-${provider}-Signature`;
      const value = mac("sha1", SECRET, `${each.url}${signed[provider]}`, "base64");
      const sent = { headers: [[name, value]] as [string, string][], body: "b=&a=2&a=1&a=2" };
      const isForm = each.name.endsWith("-form") && each.secret === SECRET;
      return isForm ? [{ ...each, samples: [{ ...sent, what: name, isGenuine: true }] }] : [];
    });
  const answers = await runNext(cases("next"), "repeated");
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  if (hasPython("pass")) expect(wrong(await runPython(cases("flask")))).toEqual([]);
});

test("AWS's and PayPal's signature for another topic or webhook is not taken", async () => {
  const elsewhere = (kind: HandlerKind) =>
    codeHandlerCases(kind, Date.now()).flatMap((each) => {
      const secret = each.secret.replace(/^(topic=arn|1JE4807973214180M)\n/, "$1-2\n");
      const samples = each.samples.map((sample) => ({ ...sample, isGenuine: false }));
      return secret === each.secret ? [] : [{ ...each, secret, samples }];
    });
  expect(elsewhere("next").length).toBe(8);
  expect(wrong(await runNext(elsewhere("next"), "elsewhere"))).toEqual([]);
  if (hasPython("import cryptography"))
    expect(wrong(await runPython(elsewhere("flask")))).toEqual([]);
});

test("the key of a token is taken as a JWK, as PEM or as base64", async () => {
  const der = p256.publicKey.export({ type: "spki", format: "der" }).toString("base64");
  const cases = (kind: HandlerKind) =>
    codeHandlerCases(kind, Date.now())
      .filter(({ name, samples }) => name === "plaid: plaid-jws" && samples.length > 1)
      .flatMap((each) => [each.secret, publicPem, der].map((secret) => ({ ...each, secret })));
  expect(cases("next")).toHaveLength(3);
  expect(wrong(await runNext(cases("next"), "forms"))).toEqual([]);
  if (hasPython("import cryptography"))
    expect(wrong(await runPython(cases("fastapi")))).toEqual([]);
});

test("no token is taken that names another algorithm, has ended or does not name the body", async () => {
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const claims = { iss: "netlify", sha256: digest(BODY, "hex") };
  const tokens: [string, boolean, string][] = [
    ["as it is", true, hs256(claims)],
    ["about to end", true, hs256({ ...claims, exp: nowSeconds + 60 })],
    ["ended", false, hs256({ ...claims, exp: nowSeconds - 60 })],
    ["ends at no time", false, hs256({ ...claims, exp: "later" })],
    ["no body named", false, hs256({ iss: "netlify" })],
    ["alg: none", false, hs256(claims, SECRET, { alg: "none" })],
    ["alg: none, unsigned", false, `${part({ alg: "none" })}.${part(claims)}.`],
    ["no claims", false, hs256(claims).split(".").with(1, "e30").join(".")],
  ];
  const cases = (kind: HandlerKind) =>
    codeHandlerCases(kind, Date.now())
      .filter(({ name, secret }) => name === "netlify: netlify-jws" && secret === SECRET)
      .map((each) => ({
        ...each,
        samples: tokens.map(([what, isGenuine, token]) => {
          const headers: [string, string][] = [["X-Webhook-Signature", token]];
          return { what, isGenuine, headers, body: BODY };
        }),
      }));
  const answers = await runNext(cases("next"), "tokens");
  expect(answers).toHaveLength(tokens.length);
  expect(wrong(answers)).toEqual([]);
  if (hasPython("pass")) expect(wrong(await runPython(cases("flask")))).toEqual([]);
});

test("a token that does not cover the body is looked at alone", async () => {
  const tokens: [string, boolean, string][] = [
    ["as it is", true, `Bearer ${hs256({ iss: "x" })}`],
    ["by another key", false, `Bearer ${hs256({ iss: "x" }, "another")}`],
    ["behind nothing", false, hs256({ iss: "x" })],
  ];
  const samples = tokens.map(([what, isGenuine, token]) => {
    const headers: [string, string][] = [["Authorization", token]];
    return { what, isGenuine, headers, body: BODY };
  });
  const cases = (kind: HandlerKind) => [
    {
      name: "jira: jira-jwt",
      setting: "JIRA_SECRET",
      secret: SECRET,
      code: handlerCode("jira", "jira-jwt", kind)?.code ?? "",
      url: "https://hooks.example/in/abc",
      samples,
    },
  ];
  expect(wrong(await runNext(cases("next"), "bodiless"))).toEqual([]);
  if (hasPython("pass")) expect(wrong(await runPython(cases("flask")))).toEqual([]);
});

/** What Python has to say against these programs. */
function compilePython(programs: string[]): string {
  const files = programs.map((code, at) => {
    const file = path.join(folder, `${at}.py`);
    writeFileSync(file, code);
    return file;
  });
  return spawnSync("python3", ["-m", "py_compile", ...files], { encoding: "utf8" }).stderr;
}

describe("the code", () => {
  const stripe = handlerKinds.map((kind) => handlerCode("stripe", "stripe-v1", kind));

  test("reads the raw body in each framework", () => {
    const reads = [
      "express.raw(",
      "arrayBuffer()",
      "arrayBuffer()",
      "await request.body()",
      "get_data()",
    ];
    for (const [at, read] of reads.entries()) expect(stripe[at]?.code).toContain(read);
  });

  test("holds no secret and no package but the framework", () => {
    for (const written of stripe) {
      const imported = written?.code.match(/^(?:import .*|from .* import .*)$/gm) ?? [];
      expect(imported.join("\n")).not.toMatch(/stripe/i);
      expect(written?.code).toContain("STRIPE_SECRET");
    }
  });

  test("names the package that Python needs for a public key, and only there", () => {
    const discord = handlerCode("discord", "discord-ed25519", "flask")?.code;
    expect(discord).toMatch(/# pip install cryptography\nfrom cryptography[^]*\nfrom flask import/);
    expect(handlerCode("twilio", "twilio-form", "flask")?.code).not.toContain("cryptography");
    expect(handlerCode("netlify", "netlify-jws", "flask")?.code).not.toContain("cryptography");
  });

  test("is there for each scheme of each provider", () => {
    const schemes = secretGuides.flatMap(({ id }) =>
      schemesOf(id).map((scheme) => [id, scheme.id] as const),
    );
    expect(schemes.length).toBeGreaterThan(100);
    for (const kind of handlerKinds) {
      const without = schemes.filter(([id, scheme]) => handlerCode(id, scheme, kind) === null);
      expect(without).toEqual([]);
    }
    expect(handlerCode("nobody", "nothing", "next")).toBeNull();
  });

  test("asks for keys where their sender publishes them, and nowhere else", () => {
    const urls = (id: string, scheme: string) =>
      handlerKinds.map(
        (kind) => handlerCode(id, scheme, kind)?.code.match(/KEYS_URL = "(.*)"/)?.[1],
      );
    const fal = "https://rest.fal.ai/.well-known/jwks.json";
    expect(urls("fal-ai", "fal-ed25519")).toEqual(handlerKinds.map(() => fal));
    const google = "https://www.googleapis.com/oauth2/v3/certs";
    expect(urls("google-pubsub", "google-pubsub-jwt")).toEqual(handlerKinds.map(() => google));
    expect(urls("stripe", "stripe-v1")).toEqual(handlerKinds.map(() => undefined));
  });
});
