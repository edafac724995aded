import { createHmac } from "node:crypto";
import {
  delivery,
  header,
  headersOf,
  hmac,
  json,
  type Oracle,
  passes,
  seconds,
  sha256,
  withHeaders,
} from "../oracle.ts";
import { sdk } from "../sdk.ts";

type Mux = {
  webhooks: {
    verifySignature: (
      body: string,
      headers: Record<string, string>,
      secret: string,
    ) => Promise<void>;
  };
};
const MUX_SECRET = "mux oracle";

export const mux: Oracle = {
  provider: "mux",
  scheme: "v1",
  by: "@mux/mux-node",
  secret: MUX_SECRET,
  delivery: delivery(json('"type":"video.asset.ready","id":"1"')),
  sign: (given, atMs) => {
    const v1 = hmac("sha256", MUX_SECRET, "hex", `${seconds(atMs)}.`, given.body);
    return withHeaders(given, { "Mux-Signature": `t=${seconds(atMs)},v1=${v1}` });
  },
  accepts: (given) => {
    const { Mux: Client } = sdk<{ Mux: new (settings: object) => Mux }>("@mux/mux-node");
    const { webhooks } = new Client({ tokenId: "oracle", tokenSecret: "oracle" });
    return passes(() =>
      webhooks.verifySignature(given.body.toString(), headersOf(given), MUX_SECRET),
    );
  },
  refusesOld: true,
};

type Livekit = {
  WebhookReceiver: new (
    key: string,
    secret: string,
  ) => { receive: (body: string, authorization: string) => Promise<unknown> };
};
const LIVEKIT = { key: "APIoracle", secret: "livekit oracle secret of some length" };
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

export const livekit: Oracle = {
  provider: "livekit",
  scheme: "jwt",
  by: "livekit-server-sdk",
  secret: LIVEKIT.secret,
  delivery: delivery('{"event":"room_started","id":"EV_1","room":{"name":"Grüße 🚀"}}', {
    "Content-Type": "application/webhook+json",
  }),
  sign: (given, atMs) => {
    const nbf = Math.floor(atMs / 1_000);
    const claims = {
      iss: LIVEKIT.key,
      nbf,
      exp: nbf + 300,
      sha256: sha256(given.body, "base64"),
    };
    const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
    const signature = createHmac("sha256", LIVEKIT.secret).update(signed).digest("base64url");
    return withHeaders(given, { Authorization: `${signed}.${signature}` });
  },
  accepts: (given) => {
    const { WebhookReceiver } = sdk<Livekit>("livekit-server-sdk");
    const receiver = new WebhookReceiver(LIVEKIT.key, LIVEKIT.secret);
    return passes(() => receiver.receive(given.body.toString(), header(given, "authorization")));
  },
  refusesOld: true,
  isToken: true,
  neverAnew: true,
};

type Pusher = new (
  settings: object,
) => {
  webhook: (request: { headers: Record<string, string>; rawBody: string }) => {
    isValid: () => boolean;
  };
};
const PUSHER = { key: "oracle-key", secret: "pusher oracle" };

export const pusher: Oracle = {
  provider: "pusher",
  scheme: "body",
  by: "pusher",
  secret: PUSHER.secret,
  delivery: delivery(json('"time_ms":1,"events":[{"name":"channel_occupied"}]'), {
    "X-Pusher-Key": PUSHER.key,
  }),
  sign: (given) =>
    withHeaders(given, {
      "X-Pusher-Signature": hmac("sha256", PUSHER.secret, "hex", given.body),
    }),
  accepts: (given) => {
    const Client = sdk<Pusher>("pusher");
    const client = new Client({ appId: "1", ...PUSHER });
    const request = { headers: headersOf(given), rawBody: given.body.toString() };
    return client.webhook(request).isValid();
  },
  refusesOld: false,
};
