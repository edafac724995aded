import { createHmac } from "node:crypto";
import { delivery, header, headersOf, json, type Oracle, sha256, withHeaders } from "../oracle.ts";
import { sdk, sdkFile } from "../sdk.ts";

type GithubMethods = {
  sign: (secret: string, body: string) => Promise<string>;
  verify: (secret: string, body: string, signature: string) => Promise<boolean>;
};
const github = () => sdkFile<GithubMethods>("@octokit/webhooks-methods", "dist-node/index.js");
const GITHUB_SECRET = "It's a Secret to Everybody";

export const githubSha256: Oracle = {
  provider: "github",
  scheme: "sha256",
  by: "@octokit/webhooks-methods",
  secret: GITHUB_SECRET,
  delivery: delivery(json('"action":"opened"'), {
    "X-GitHub-Event": "issues",
    "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
  }),
  sign: async (given) =>
    withHeaders(given, {
      "X-Hub-Signature-256": await github().sign(GITHUB_SECRET, given.body.toString()),
    }),
  accepts: (given) =>
    github().verify(GITHUB_SECRET, given.body.toString(), header(given, "x-hub-signature-256")),
  refusesOld: false,
};

type SanityToolkit = {
  encodeSignatureHeader: (body: string, atMs: number, secret: string) => Promise<string>;
  isValidSignature: (body: string, signature: string, secret: string) => Promise<boolean>;
};
const SANITY_SECRET = "sanity oracle";

export const sanity: Oracle = {
  provider: "sanity",
  scheme: "v1",
  by: "@sanity/webhook",
  secret: SANITY_SECRET,
  delivery: delivery(json('"_id":"d1"'), {
    "Sanity-Operation": "create",
    "Sanity-Webhook-Id": "w",
  }),
  sign: async (given, atMs) => {
    const { encodeSignatureHeader } = sdk<SanityToolkit>("@sanity/webhook");
    const signature = await encodeSignatureHeader(given.body.toString(), atMs, SANITY_SECRET);
    return withHeaders(given, { "Sanity-Webhook-Signature": signature });
  },
  accepts: (given) =>
    sdk<SanityToolkit>("@sanity/webhook").isValidSignature(
      given.body.toString(),
      header(given, "sanity-webhook-signature"),
      SANITY_SECRET,
    ),
  refusesOld: false,
};

type ContentfulRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
};
type ContentfulToolkit = {
  signRequest: (secret: string, request: ContentfulRequest, atMs: number) => Record<string, string>;
  verifyRequest: (secret: string, request: ContentfulRequest) => boolean;
};
const CONTENTFUL_SECRET = "c0ffee".repeat(11).slice(0, 64);
const contentfulRequest = (given: Parameters<Oracle["accepts"]>[0]): ContentfulRequest => ({
  method: given.method,
  path: given.url.replace(/^https?:\/\/[^/]+/, ""),
  headers: headersOf(given),
  body: given.body.toString(),
});

export const contentful: Oracle = {
  provider: "contentful",
  scheme: "canonical",
  by: "@contentful/node-apps-toolkit",
  secret: CONTENTFUL_SECRET,
  delivery: delivery(json('"sys":{"type":"Entry"}'), {
    "X-Contentful-Topic": "ContentManagement.Entry.publish",
    "X-Contentful-Webhook-Name": " spaced  out ",
  }),
  sign: (given, atMs) => {
    const { signRequest } = sdk<ContentfulToolkit>("@contentful/node-apps-toolkit");
    return withHeaders(given, signRequest(CONTENTFUL_SECRET, contentfulRequest(given), atMs));
  },
  accepts: (given) => {
    const { verifyRequest } = sdk<ContentfulToolkit>("@contentful/node-apps-toolkit");
    return verifyRequest(CONTENTFUL_SECRET, contentfulRequest(given));
  },
  refusesOld: true,
};

type Jose = {
  compactVerify: (token: string, key: Uint8Array) => Promise<{ payload: Uint8Array }>;
};
const NETLIFY_SECRET = "netlify oracle";
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

export const netlify: Oracle = {
  provider: "netlify",
  scheme: "jws",
  by: "jose",
  secret: NETLIFY_SECRET,
  delivery: delivery(json('"id":"1","site_id":"2","state":"ready","deploy_url":"https://a.b"'), {
    "X-Netlify-Event": "deploy_created",
  }),
  sign: (given) => {
    const claims = { iss: "netlify", sha256: sha256(given.body, "hex") };
    const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
    const signature = createHmac("sha256", NETLIFY_SECRET).update(signed).digest("base64url");
    return withHeaders(given, { "X-Webhook-Signature": `${signed}.${signature}` });
  },
  accepts: async (given) => {
    const key = Buffer.from(NETLIFY_SECRET);
    const token = header(given, "x-webhook-signature");
    const { payload } = await sdk<Jose>("jose").compactVerify(token, key);
    const claims = JSON.parse(Buffer.from(payload).toString()) as { sha256: string };
    return claims.sha256 === sha256(given.body, "hex");
  },
  refusesOld: false,
};
