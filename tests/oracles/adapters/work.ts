import { delivery, header, hmac, json, type Oracle, passes, withHeaders } from "../oracle.ts";
import { sdk, sdkFile } from "../sdk.ts";

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
