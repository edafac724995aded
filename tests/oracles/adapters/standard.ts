import {
  type Delivery,
  delivery,
  headersOf,
  json,
  type Oracle,
  passes,
  withHeaders,
} from "../oracle.ts";
import { sdk } from "../sdk.ts";

type Webhook = {
  sign: (id: string, at: Date, body: string) => string;
  verify: (body: string, headers: Record<string, string>) => unknown;
};
type Package = { Webhook: new (secret: string) => Webhook };

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

const family = (prefix: "webhook" | "svix", by: string) => {
  const webhook = () => new (sdk<Package>(by).Webhook)(SECRET);
  return {
    by,
    secret: SECRET,
    sign: (given: Delivery, atMs: number) => {
      // To the second: the package signs with the time in whole seconds.
      const at = new Date(Math.floor(atMs / 1_000) * 1_000);
      return withHeaders(given, {
        [`${prefix}-id`]: ID,
        [`${prefix}-timestamp`]: String(at.getTime() / 1_000),
        [`${prefix}-signature`]: webhook().sign(ID, at, given.body.toString()),
      });
    },
    accepts: (given: Delivery) =>
      passes(() => webhook().verify(given.body.toString(), headersOf(given))),
    refusesOld: true,
  };
};

export const standardWebhooks: Oracle = {
  provider: "standard-webhooks",
  scheme: "v1",
  delivery: delivery(json('"type":"user.created"')),
  ...family("webhook", "standardwebhooks"),
};

export const svix: Oracle = {
  provider: "svix",
  scheme: "v1",
  delivery: delivery(json('"type":"user.created"')),
  ...family("svix", "svix"),
};

type OpenAi = {
  webhooks: {
    verifySignature: (
      body: string,
      headers: Record<string, string>,
      secret: string,
    ) => Promise<void>;
  };
};

export const openai: Oracle = {
  ...standardWebhooks,
  provider: "openai",
  by: "openai",
  delivery: delivery(
    json('"id":"e","object":"event","type":"response.completed","data":{"id":"r"}'),
  ),
  accepts: (given) => {
    const { OpenAI } = sdk<{ OpenAI: new (settings: object) => OpenAi }>("openai");
    const { webhooks } = new OpenAI({ apiKey: "oracle" });
    return passes(() => webhooks.verifySignature(given.body.toString(), headersOf(given), SECRET));
  },
};

type Replicate = {
  validateWebhook: (
    request: { headers: Record<string, string>; body: string },
    secret: string,
  ) => Promise<boolean>;
};

/** Its package compares no times. */
export const replicate: Oracle = {
  ...standardWebhooks,
  provider: "replicate",
  by: "replicate",
  delivery: delivery(json('"id":"1","version":"v","urls":{"get":"x"},"status":"succeeded"')),
  accepts: (given) =>
    sdk<Replicate>("replicate").validateWebhook(
      { headers: headersOf(given), body: given.body.toString() },
      SECRET,
    ),
  refusesOld: false,
};
