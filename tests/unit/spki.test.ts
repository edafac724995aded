import { createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPublicKeys, readValidity } from "#lib/signatures/spki.ts";
import { selfSigned } from "#tests/helpers/certificate.ts";

const spkiOf = (key: KeyObject) => key.export({ type: "spki", format: "der" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 }).publicKey;
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
const ed25519 = generateKeyPairSync("ed25519").publicKey;
const raw = spkiOf(ed25519).subarray(12);

const forms: [form: string, text: string, KeyObject][] = [
  ...Object.entries({ rsa, p256, ed25519 }).flatMap(
    ([name, key]): [string, string, KeyObject][] => [
      [`${name} in PEM`, key.export({ type: "spki", format: "pem" }).toString(), key],
      [`${name} as SPKI in base64`, spkiOf(key).toString("base64"), key],
      [`${name} as a JWK`, JSON.stringify(key.export({ format: "jwk" })), key],
      [`${name} in a set`, JSON.stringify({ keys: [key.export({ format: "jwk" })] }), key],
    ],
  ),
  ["rsa as PKCS#1", rsa.export({ type: "pkcs1", format: "pem" }).toString(), rsa],
  ["ed25519 in hex", raw.toString("hex"), ed25519],
  ["ed25519 in base64", raw.toString("base64"), ed25519],
  [
    "PEM with Windows line ends",
    rsa.export({ type: "spki", format: "pem" }).toString().replaceAll("\n", "\r\n"),
    rsa,
  ],
];

test.each(forms)("a key is read from %s", (_, text, key) => {
  expect(readPublicKeys(` ${text}\n`)).toEqual([new Uint8Array(spkiOf(key))]);
});

describe("a certificate's key", () => {
  test.each(["ec", "rsa"] as const)("is the one that Node finds: %s", (keyType) => {
    const { cert } = selfSigned({ names: ["hooks.example.com", "b.example.com"], keyType });
    const [found] = readPublicKeys(cert);
    expect(found).toEqual(new Uint8Array(spkiOf(new X509Certificate(cert).publicKey)));
  });

  test("counts of the first of a chain, whatever stands around it", () => {
    const [leaf, root] = [selfSigned({ names: ["a"] }), selfSigned({ names: ["b"] })];
    const [found] = readPublicKeys(`1JE4807973214180M\n${leaf.cert}${root.cert}`);
    expect(found).toEqual(new Uint8Array(spkiOf(createPublicKey(leaf.cert))));
  });
});

test("a certificate's dates are those that Node finds; nothing else has any", () => {
  const spans = [
    ["1950-01-01T00:00:00Z", "2049-12-31T23:59:59Z"],
    ["2024-02-29T12:34:56Z", "2026-11-21T00:00:00Z"],
  ] as const;
  for (const [from, until] of spans) {
    const { cert } = selfSigned({
      names: ["a"],
      notBefore: new Date(from),
      notAfter: new Date(until),
    });
    const { validFrom, validTo } = new X509Certificate(cert);
    const [fromMs, untilMs] = [Date.parse(validFrom), Date.parse(validTo)];
    expect([fromMs, untilMs]).toEqual([Date.parse(from), Date.parse(until)]);
    expect(readValidity(`1JE4807973214180M\n${cert}`)).toEqual({ fromMs, untilMs });
  }
  for (const [, text] of forms) expect(readValidity(text)).toBeNull();
});

test("all keys of a set are read, as JWKs and as PEM texts by their ids, behind lines of another kind", () => {
  const both = [p256, rsa].map((key) => new Uint8Array(spkiOf(key)));
  const jwks = { keys: [p256, rsa].map((key) => key.export({ format: "jwk" })) };
  expect(readPublicKeys(`email=a@b\n${JSON.stringify(jwks, null, 2)}`)).toEqual(both);
  const pem = (key: KeyObject) => key.export({ type: "spki", format: "pem" });
  expect(readPublicKeys(JSON.stringify({ one: pem(p256), two: pem(rsa) }))).toEqual(both);
});

test.each([
  "",
  "whsec_c2VjcmV0",
  "{",
  "{}",
  "null",
  '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}',
  '{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}',
  '{"keys":[null]}',
  "MIAwgAYJKoZI",
  "-----BEGIN PUBLIC KEY-----",
  "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----",
])("what is no key is none: %s", (text) => expect(readPublicKeys(text)).toEqual([]));

test("a certificate with any of its bytes changed or cut off gives a key or none, and never throws", () => {
  const { cert } = selfSigned({ names: ["a"], keyType: "rsa" });
  const der = new X509Certificate(cert).raw;
  const index = fc.nat(der.length - 1);
  fc.assert(
    fc.property(index, fc.nat(255), index, (at, byte, end) => {
      const changed = Buffer.from(der);
      changed[at] = byte;
      readPublicKeys(changed.subarray(0, end).toString("base64"));
      readPublicKeys(changed.toString("base64"));
      readValidity(changed.toString("base64"));
    }),
    { numRuns: 2_000 },
  );
});
