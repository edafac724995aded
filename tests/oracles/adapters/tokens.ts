import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signWith,
} from "node:crypto";
import { selfSigned } from "#tests/helpers/certificate.ts";
import {
  type Delivery,
  delivery,
  header,
  hmac,
  json,
  type Oracle,
  passes,
  sha256,
  withHeaders,
} from "../oracle.ts";
import { sdk } from "../sdk.ts";

type Jose = {
  importSPKI: (pem: string, alg: string) => Promise<object>;
  jwtVerify: (
    token: string,
    key: object,
    options: object,
  ) => Promise<{ payload: Record<string, unknown> }>;
};
type Token = {
  alg: "ES256" | "RS256";
  key: KeyObject;
  claims: (given: Delivery, atS: number) => object;
};
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function tokenOf({ alg, key, claims }: Token, given: Delivery, atMs: number): string {
  const head = part({ alg, kid: "oracle", typ: "JWT" });
  const signed = `${head}.${part(claims(given, Math.floor(atMs / 1_000)))}`;
  const signature = signWith("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}

const pem = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();

const plaidKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
const plaidToken: Token = {
  alg: "ES256",
  key: plaidKeys.privateKey,
  claims: (given, iat) => ({ iat, request_body_sha256: sha256(given.body, "hex") }),
};

/** Its package has no verifier: jose does what its documentation asks for, age included. */
export const plaid: Oracle = {
  provider: "plaid",
  scheme: "jws",
  by: "jose",
  secret: JSON.stringify({ ...plaidKeys.publicKey.export({ format: "jwk" }), alg: "ES256" }),
  delivery: delivery(json('"webhook_type":"ITEM","webhook_code":"ERROR","environment":"sandbox"')),
  sign: (given, atMs) =>
    withHeaders(given, { "Plaid-Verification": tokenOf(plaidToken, given, atMs) }),
  accepts: async (given) => {
    const { importSPKI, jwtVerify } = sdk<Jose>("jose");
    const key = await importSPKI(pem(plaidKeys.publicKey), "ES256");
    const { payload } = await jwtVerify(header(given, "plaid-verification"), key, {
      algorithms: ["ES256"],
      maxTokenAge: "5 min",
    });
    return payload["request_body_sha256"] === sha256(given.body, "hex");
  },
  refusesOld: true,
  isToken: true,
  onlySender: true,
};

const other = selfSigned({ names: ["accounts.google.com"], keyType: "rsa" });
const google = selfSigned({ names: ["accounts.google.com"], keyType: "rsa" });
const googleToken: Token = {
  alg: "RS256",
  key: createPrivateKey(google.key),
  claims: (given, iat) => ({
    iss: "https://accounts.google.com",
    aud: given.url,
    email: "oracle@example.iam.gserviceaccount.com",
    email_verified: true,
    iat,
    exp: iat + 3_600,
  }),
};

/** The token says who sent, not what: nothing binds it to the body. */
export const pubsub: Oracle = {
  provider: "google-pubsub",
  scheme: "jwt",
  by: "jose",
  secret: `email=oracle@example.iam.gserviceaccount.com\n${JSON.stringify({ first: other.cert, second: google.cert })}`,
  delivery: delivery(
    json(
      '"message":{"messageId":"1","publishTime":"x"},"subscription":"projects/p/subscriptions/s"',
    ),
  ),
  sign: (given, atMs) =>
    withHeaders(given, { Authorization: `Bearer ${tokenOf(googleToken, given, atMs)}` }),
  accepts: (given) => {
    const { importX509, jwtVerify } = sdk<Jose & { importX509: Jose["importSPKI"] }>("jose");
    return passes(async () =>
      jwtVerify(
        header(given, "authorization").replace(/^Bearer /, ""),
        await importX509(google.cert, "RS256"),
        { issuer: "https://accounts.google.com", audience: given.url },
      ),
    );
  },
  refusesOld: true,
  onlySender: true,
  signedText: null,
};

const FUSIONAUTH_KEY = "fusionauth oracle key";

/** Its client has no verifier: jose does what its documentation asks for. */
export const fusionauth: Oracle = {
  provider: "fusionauth",
  scheme: "jwt",
  by: "jose",
  secret: FUSIONAUTH_KEY,
  delivery: delivery(
    json('"event":{"type":"user.create","id":"e","createInstant":1,"tenantId":"t"}'),
  ),
  sign: (given, atMs) => {
    const claims = {
      iat: Math.floor(atMs / 1_000),
      request_body_sha256: sha256(given.body, "base64"),
    };
    const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
    const token = `${signed}.${hmac("sha256", FUSIONAUTH_KEY, "base64url", signed)}`;
    return withHeaders(given, { "X-FusionAuth-Signature-JWT": token });
  },
  accepts: async (given) => {
    const { jwtVerify } = sdk<Jose>("jose");
    const token = header(given, "x-fusionauth-signature-jwt");
    const { payload } = await jwtVerify(token, Buffer.from(FUSIONAUTH_KEY), {});
    return payload["request_body_sha256"] === sha256(given.body, "base64");
  },
  refusesOld: false,
};
