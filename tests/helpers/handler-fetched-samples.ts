import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { BODY, ed25519, part, rsa, rsaKey, URL_CALLED } from "#tests/fixtures/code-signer.ts";
import { codeSigners } from "#tests/fixtures/code-signers.ts";
import { ACCOUNT } from "#tests/fixtures/token-signers.ts";
import { handlerCode } from "#lib/signatures/handler/handler-code.ts";
import type { HandlerKind } from "#lib/signatures/handler/handler-kind.ts";
import { samplesOf } from "./handler-key-samples.ts";
import type { HandlerCase, Sample } from "./handler-samples.ts";

const second = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const jwkOf = (key: KeyObject, kid: string) => ({ ...key.export({ format: "jwk" }), kid });

/** As they are published: among others, which are of other kinds or unknown. */
export const publishedKeys = [
  jwkOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey, "1"),
  jwkOf(generateKeyPairSync("ed25519").publicKey, "0"),
  jwkOf(ed25519.publicKey, "f"),
  jwkOf(createPublicKey(rsa.key), "1"),
];
export const laterKeys = [jwkOf(second.publicKey, "2")];

/** Handlers that ask for their sender's keys, and are told to do so at `keysUrl`. */
export function fetchedHandlerCases(
  kind: HandlerKind,
  nowMs: number,
  keysUrl: string,
): HandlerCase[] {
  const [fal, google] = [
    handlerCode("fal-ai", "fal-ed25519", kind)?.code ?? "",
    handlerCode("google-pubsub", "google-pubsub-jwt", kind)?.code ?? "",
  ].map((code) => code.replace(/https:\/\/[^"]*(?:jwks\.json|certs)/, keysUrl));
  const signer = codeSigners.find(({ provider }) => provider === "fal-ai");
  if (!fal || !google || !signer) throw new Error("a handler that fetches keys is gone");
  const byUser = { name: "fal-ai", setting: "FAL_AI_USER_ID", code: fal, url: URL_CALLED };
  const elsewhere = { ...signer.send(nowMs), what: "another user", isGenuine: false };
  return [
    { ...byUser, secret: "u1", samples: samplesOf(signer, nowMs) },
    { ...byUser, secret: "u2", samples: [elsewhere] },
    {
      name: "google-pubsub",
      setting: "GOOGLE_PUBSUB_EMAIL",
      secret: ACCOUNT,
      otherSettings: { GOOGLE_PUBSUB_AUDIENCE: URL_CALLED },
      code: google,
      url: URL_CALLED,
      samples: googleSamples(nowMs),
    },
  ];
}

/** Tokens of the first key, of the second, and of the first again. */
export const inTurn = (nowMs: number, [first, later, again]: boolean[]): Sample[] => [
  sent("first key", first === true, tokenOf(nowMs)),
  sent("later key", later === true, tokenOf(nowMs, {}, { alg: "RS256", kid: "2" })),
  sent("first key again", again === true, tokenOf(nowMs)),
];

function tokenOf(nowMs: number, claims: object = {}, head = { alg: "RS256", kid: "1" }): string {
  const iat = Math.floor(nowMs / 1_000);
  const said = {
    iss: "https://accounts.google.com",
    aud: URL_CALLED,
    email: ACCOUNT,
    email_verified: true,
    iat,
    exp: iat + 3_600,
    ...claims,
  };
  const signed = `${part(head)}.${part(said)}`;
  const key = head.kid === "2" ? second.privateKey : rsaKey;
  return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
}

const sent = (what: string, isGenuine: boolean, token: string): Sample => ({
  what,
  isGenuine,
  headers: [["Authorization", `Bearer ${token}`]],
  body: BODY,
});

function googleSamples(nowMs: number): Sample[] {
  const genuine = tokenOf(nowMs);
  const [head = "", , signature = ""] = genuine.split(".");
  const hourAgo = Math.floor(nowMs / 1_000) - 3_700;
  const refused: [what: string, token: string][] = [
    [
      "other claims under the same signature",
      genuine.replace(/\.[^.]*\./, `.${part({ email: ACCOUNT })}.`),
    ],
    [
      "a flipped byte",
      `${genuine.slice(0, -9)}${genuine.at(-9) === "A" ? "B" : "A"}${genuine.slice(-8)}`,
    ],
    ["of another account", tokenOf(nowMs, { email: "else@project.iam.gserviceaccount.com" })],
    ["of an account that is not verified", tokenOf(nowMs, { email_verified: false })],
    ["for another endpoint", tokenOf(nowMs, { aud: "https://else.example" })],
    ["of another issuer", tokenOf(nowMs, { iss: "https://else.example" })],
    ["that has ended", tokenOf(nowMs, { exp: hourAgo })],
    ["that never ends", tokenOf(nowMs, { exp: null })],
    ["by a key that is not published", tokenOf(nowMs, {}, { alg: "RS256", kid: "2" })],
    ["that names another algorithm", tokenOf(nowMs, {}, { alg: "none", kid: "1" })],
    ["that says nothing", `${head}.${part(null)}.${signature}`],
    ["of two parts", genuine.split(".").slice(0, 2).join(".")],
  ];
  return [
    sent("genuine", true, genuine),
    { ...sent("unsigned", false, genuine), headers: [] },
    ...refused.map(([what, token]) => sent(what, false, token)),
    sent("genuine, about to end", true, tokenOf(nowMs, { exp: hourAgo + 4_000 })),
  ];
}
