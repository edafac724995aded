import { createHmac } from "node:crypto";
import {
  delivery,
  header,
  headersOf,
  hmac,
  json,
  type Oracle,
  passes,
  sha256,
  withHeaders,
} from "../oracle.ts";
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

type WorkosSdk = {
  WorkOS: new (
    key: string,
  ) => {
    webhooks: {
      verifyHeader: (what: {
        payload: object;
        sigHeader: string;
        secret: string;
      }) => Promise<boolean>;
    };
  };
};
const WORKOS_SECRET = "workos oracle";

/** The package serialises the parsed body again: only compact JSON without escapes comes out as it went in. */
export const workos: Oracle = {
  provider: "workos",
  scheme: "v1",
  by: "@workos-inc/node",
  secret: WORKOS_SECRET,
  delivery: delivery('{"id":"event_1","event":"dsync.user.created","data":{"name":"Grüße 🚀"}}'),
  sign: (given, atMs) => {
    const v1 = hmac("sha256", WORKOS_SECRET, "hex", `${atMs}.`, given.body);
    return withHeaders(given, { "WorkOS-Signature": `t=${atMs}, v1=${v1}` });
  },
  accepts: (given) => {
    const { WorkOS } = sdk<WorkosSdk>("@workos-inc/node");
    const payload = JSON.parse(given.body.toString()) as object;
    const sigHeader = header(given, "workos-signature");
    return passes(() =>
      new WorkOS("sk_oracle").webhooks.verifyHeader({ payload, sigHeader, secret: WORKOS_SECRET }),
    );
  },
  refusesOld: true,
};

type LinearSdk = {
  LinearWebhookClient: new (
    secret: string,
  ) => { verify: (body: Buffer, signature: string) => boolean };
};
const LINEAR_SECRET = "lin_wh_oracle";

/** The time is in the body, in milliseconds, and signed with it; a header of the same name is ignored. */
export const linear: Oracle = {
  provider: "linear",
  scheme: "body",
  by: "@linear/sdk",
  secret: LINEAR_SECRET,
  delivery: delivery(json('"action":"create","type":"Issue","webhookTimestamp":1'), {
    "Linear-Delivery": "234d1a4e-b617-4388-90fe-adc3633d6b72",
    "Linear-Event": "Issue",
  }),
  sign: (given, atMs) => {
    const text = given.body.toString().replace(/("webhookTimestamp":)\d+/, `$1${atMs}`);
    const body = Buffer.from(text);
    const signature = hmac("sha256", LINEAR_SECRET, "hex", body);
    return withHeaders({ ...given, body }, { "Linear-Signature": signature });
  },
  accepts: (given) => {
    const { LinearWebhookClient } = sdk<LinearSdk>("@linear/sdk/webhooks");
    const client = new LinearWebhookClient(LINEAR_SECRET);
    return client.verify(given.body, header(given, "linear-signature"));
  },
  refusesOld: true,
};

type NotionSdk = {
  signWebhookPayload: (what: { body: Uint8Array; verificationToken: string }) => Promise<string>;
  verifyWebhookSignature: (what: {
    body: Uint8Array;
    signature: string;
    verificationToken: string;
  }) => Promise<boolean>;
};
const notionSdk = () => sdkFile<NotionSdk>("@notionhq/client", "build/src/webhooks.js");
const NOTION_TOKEN = "secret_oracle";

export const notion: Oracle = {
  provider: "notion",
  scheme: "sha256",
  by: "@notionhq/client",
  secret: NOTION_TOKEN,
  delivery: delivery(json('"id":"1","type":"page.created"')),
  sign: async (given) => {
    const what = { body: given.body, verificationToken: NOTION_TOKEN };
    return withHeaders(given, { "X-Notion-Signature": await notionSdk().signWebhookPayload(what) });
  },
  accepts: (given) =>
    notionSdk().verifyWebhookSignature({
      body: given.body,
      signature: header(given, "x-notion-signature"),
      verificationToken: NOTION_TOKEN,
    }),
  refusesOld: false,
};
