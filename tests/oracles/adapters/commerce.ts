import { createHash } from "node:crypto";
import {
  type Delivery,
  delivery,
  header,
  headersOf,
  hmac,
  json,
  type Oracle,
  withHeaders,
} from "../oracle.ts";
import { sdk, sdkFile } from "../sdk.ts";

type Shopify = {
  webhooks: {
    validate: (what: {
      rawBody: string;
      rawRequest: object;
      rawResponse: object;
    }) => Promise<{ valid: boolean }>;
  };
};
const SHOPIFY_SECRET = "shpss_oracle";
let made: Shopify | undefined;
const shopifyApi = () => {
  sdk("@shopify/shopify-api/adapters/node");
  made ??= sdk<{ shopifyApi: (settings: object) => Shopify }>("@shopify/shopify-api").shopifyApi({
    apiKey: "oracle",
    apiSecretKey: SHOPIFY_SECRET,
    hostName: "hooks.example.com",
    apiVersion: "2026-01",
    isEmbeddedApp: false,
    logger: { log: () => {} },
  });
  return made;
};
const shopifyAccepts = async (given: Delivery) => {
  const url = given.url.replace(/^https?:\/\/[^/]+/, "");
  const rawRequest = { method: given.method, url, headers: headersOf(given) };
  const { validate } = shopifyApi().webhooks;
  const result = await validate({ rawBody: given.body.toString(), rawRequest, rawResponse: {} });
  return result.valid;
};

export const shopify: Oracle = {
  provider: "shopify",
  scheme: "x-shopify-hmac-sha256",
  by: "@shopify/shopify-api",
  secret: SHOPIFY_SECRET,
  delivery: delivery(json('"id":1'), {
    "X-Shopify-Topic": "orders/create",
    "X-Shopify-Shop-Domain": "oracle.myshopify.com",
    "X-Shopify-API-Version": "2026-01",
    "X-Shopify-Webhook-Id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
  }),
  sign: (given) =>
    withHeaders(given, {
      "X-Shopify-Hmac-Sha256": hmac("sha256", SHOPIFY_SECRET, "base64", given.body),
    }),
  accepts: shopifyAccepts,
  refusesOld: false,
};

/** The family without X-, which the package looks for first. */
export const shopifyEvents: Oracle = {
  ...shopify,
  scheme: "shopify-hmac-sha256",
  neverAnew: true,
  delivery: delivery(json('"id":1'), {
    "Shopify-Topic": "orders/create",
    "Shopify-Shop-Domain": "oracle.myshopify.com",
    "Shopify-API-Version": "2026-01",
    "Shopify-Webhook-Id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
    "Shopify-Event-Id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
  }),
  sign: (given) =>
    withHeaders(given, {
      "Shopify-Hmac-Sha256": hmac("sha256", SHOPIFY_SECRET, "base64", given.body),
    }),
};

type HubspotSignature = {
  Signature: {
    isValid: (what: {
      method: string;
      signatureVersion: string;
      signature: string;
      clientSecret: string;
      url: string;
      requestBody: string;
      timestamp?: number;
    }) => boolean;
  };
};
const HUBSPOT_SECRET = "hubspot-oracle-client-secret";
const hubspotAccepts = (version: "v1" | "v2" | "v3") => (given: Delivery) =>
  sdkFile<HubspotSignature>("@hubspot/api-client", "lib/src/utils/signature.js").Signature.isValid({
    method: given.method,
    signatureVersion: version,
    signature: header(given, version === "v3" ? "x-hubspot-signature-v3" : "x-hubspot-signature"),
    clientSecret: HUBSPOT_SECRET,
    url: given.url,
    requestBody: given.body.toString(),
    ...(version === "v3"
      ? { timestamp: Number(header(given, "x-hubspot-request-timestamp")) }
      : {}),
  });
const hubspotDelivery = delivery(
  Buffer.from('[{"subscriptionType":"contact.creation","portalId":1,"eventId":1,"name":"Grüße"}]'),
);
const hashed = (version: "v1" | "v2"): Oracle => ({
  provider: "hubspot",
  scheme: version,
  by: "@hubspot/api-client",
  secret: HUBSPOT_SECRET,
  delivery: hubspotDelivery,
  sign: (given) => {
    const head = version === "v1" ? "" : given.method + given.url;
    const content = Buffer.concat([Buffer.from(HUBSPOT_SECRET + head), given.body]);
    return withHeaders(given, {
      "X-HubSpot-Signature": createHash("sha256").update(content).digest("hex"),
      "X-HubSpot-Signature-Version": version,
    });
  },
  accepts: hubspotAccepts(version),
  refusesOld: false,
  neverAnew: true,
});

export const hubspotV1 = hashed("v1");
export const hubspotV2 = hashed("v2");
export const hubspotV3: Oracle = {
  provider: "hubspot",
  scheme: "v3",
  by: "@hubspot/api-client",
  secret: HUBSPOT_SECRET,
  delivery: hubspotDelivery,
  sign: (given, atMs) => {
    const parts = [given.method, given.url, given.body, String(atMs)];
    return withHeaders(given, {
      "X-HubSpot-Signature-v3": hmac("sha256", HUBSPOT_SECRET, "base64", ...parts),
      "X-HubSpot-Request-Timestamp": String(atMs),
    });
  },
  accepts: hubspotAccepts("v3"),
  refusesOld: true,
};
