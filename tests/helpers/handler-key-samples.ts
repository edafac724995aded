import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { CodeSigner, Sent } from "#tests/fixtures/code-signer.ts";
import { rsa, URL_CALLED } from "#tests/fixtures/code-signer.ts";
import { codeSigners } from "#tests/fixtures/code-signers.ts";
import { handlerCode } from "#lib/signatures/handler/handler-code.ts";
import type { HandlerKind } from "#lib/signatures/handler/handler-kind.ts";
import type { HandlerCase, Sample } from "./handler-samples.ts";

const DAY_MS = 86_400_000;
/** Where not every text is one. */
const otherSecrets: Record<string, string> = { braintree: "public:another" };

/** A case for each scheme of a public key or of a form's fields, and one in which the handler holds another key. */
export function codeHandlerCases(kind: HandlerKind, testedMs: number): HandlerCase[] {
  return codeSigners.flatMap((signer) => {
    // Half a minute may be over on a busy machine before a handler is shown its requests; the future is not refused there.
    const nowMs = testedMs + ((signer.tolerance ?? 300) < 60 ? 60_000 : 0);
    const { provider, scheme } = signer;
    const code = handlerCode(provider, scheme, kind)?.code;
    // The keys of these come over the network: tests/helpers/handler-fetched-samples.ts.
    if (!code || provider === "fal-ai") return [];
    const [own, other] = signer.onlySender
      ? publicKeys(provider, signer.secret)
      : [signer.secret, otherSecrets[provider] ?? "0123456789abcdef"];
    const held = signer.onlySender ? "PUBLIC_KEY" : "SECRET";
    const setting = `${provider.toUpperCase().replaceAll("-", "_")}_${held}`;
    const base = {
      name: `${provider}: ${scheme}`,
      setting,
      code,
      url: signer.send(nowMs).url ?? URL_CALLED,
    };
    const refused = { ...signer.send(nowMs), what: "another key", isGenuine: false };
    return [
      { ...base, secret: own, samples: samplesOf(signer, nowMs) },
      { ...base, secret: other, samples: [refused] },
    ];
  });
}

export function samplesOf(
  { send, signature, spoil, tolerance }: CodeSigner,
  nowMs: number,
): Sample[] {
  const genuine = send(nowMs);
  const [from, to] = spoil ?? ["Zoë", "Zoé"];
  const signedBy = (change: (text: string) => string | undefined): Sent =>
    genuine.headers.some(([name]) => name === signature)
      ? {
          ...genuine,
          headers: genuine.headers.flatMap(([name, value]): [string, string][] => {
            const changed = name === signature ? change(value) : value;
            return changed === undefined ? [] : [[name, changed]];
          }),
        }
      : { ...genuine, body: inBody(genuine.body, signature, change) };
  const refused = (what: string, changed: Partial<Sample>): Sample => ({
    ...genuine,
    ...changed,
    what,
    isGenuine: false,
  });
  return [
    { ...genuine, what: "genuine", isGenuine: true },
    refused(
      "unsigned",
      signedBy(() => undefined),
    ),
    refused("one other byte", { body: genuine.body.replace(from, to) }),
    refused(
      "half a signature",
      signedBy((text) => text.slice(0, -40)),
    ),
    refused(
      "no signature at all",
      signedBy(() => "v1a,%% é"),
    ),
    ...(tolerance === undefined ? [] : [refused("a day old", send(nowMs - DAY_MS))]),
  ];
}

/** The field of a form, or each of that name in a JSON text. */
function inBody(body: string, field: string, change: (text: string) => string | undefined): string {
  if (body.startsWith("{")) {
    const replaced = (name: string, value: unknown) =>
      name === field ? change(String(value)) : value;
    return JSON.stringify(JSON.parse(body, replaced));
  }
  const form = new URLSearchParams(body);
  const changed = change(form.get(field) ?? "");
  if (changed === undefined) form.delete(field);
  else form.set(field, changed);
  return form.toString();
}

/** What their handlers need before the certificate. */
const conditions: Record<string, string> = {
  "aws-sns": "topic=arn",
  paypal: "1JE4807973214180M",
};

/** The key and another of its kind, as providers hand them out. */
function publicKeys(provider: string, secret: string): [own: string, other: string] {
  if (secret.startsWith("whpk_"))
    return [secret, `whpk_${rawBytes(another("ed25519")).toString("base64")}`];
  if (secret.startsWith("{"))
    return [secret, JSON.stringify(another("ec").export({ format: "jwk" }))];
  if (secret.includes("-----BEGIN CERT") && provider in conditions) {
    const key = another("rsa").export({ type: "spki", format: "pem" }).toString();
    return [rsa.cert, key].map((pem) => `${conditions[provider]}\n${pem}`) as [string, string];
  }
  const key = createPublicKey(secret);
  return [handedOut(key), handedOut(another(key.asymmetricKeyType))];
}

const others = new Map<KeyObject["asymmetricKeyType"], KeyObject>();

/** Of RSA it takes a while to find one. */
function another(type: KeyObject["asymmetricKeyType"]): KeyObject {
  const key = others.get(type) ?? generate(type);
  others.set(type, key);
  return key;
}

function generate(type: KeyObject["asymmetricKeyType"]): KeyObject {
  if (type === "ed25519") return generateKeyPairSync(type).publicKey;
  if (type === "ec") return generateKeyPairSync(type, { namedCurve: "P-256" }).publicKey;
  return generateKeyPairSync("rsa", { modulusLength: 2_048 }).publicKey;
}

/** Discord: hex of the 32 bytes. SendGrid: SPKI in base64. Wise: PEM, here as a file of settings holds it, on one line. */
function handedOut(key: KeyObject): string {
  if (key.asymmetricKeyType === "ed25519") return rawBytes(key).toString("hex");
  if (key.asymmetricKeyType === "ec") {
    return key.export({ type: "spki", format: "der" }).toString("base64");
  }
  return key.export({ type: "spki", format: "pem" }).toString().replaceAll("\n", "\\n");
}

const rawBytes = (key: KeyObject): Buffer =>
  key.export({ type: "spki", format: "der" }).subarray(-32);
