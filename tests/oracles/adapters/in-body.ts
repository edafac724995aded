import { delivery, type Oracle, passes } from "../oracle.ts";
import { sdk, sdkFile } from "../sdk.ts";

type BraintreeGateway = {
  webhookTesting: { sampleNotification: (kind: string, id: string) => Record<string, string> };
  webhookNotification: { parse: (signature: string, payload: string) => Promise<unknown> };
};
const BRAINTREE_KEYS = { publicKey: "oracle_public", privateKey: "oracle_private" };
const braintreeGateway = () => {
  const { BraintreeGateway: Gateway, Environment } = sdk<{
    BraintreeGateway: new (settings: object) => BraintreeGateway;
    Environment: { Sandbox: object };
  }>("braintree");
  return new Gateway({
    environment: Environment.Sandbox,
    merchantId: "oracle_merchant",
    ...BRAINTREE_KEYS,
  });
};

export const braintree: Oracle = {
  provider: "braintree",
  scheme: "bt_signature",
  by: "braintree",
  secret: `${BRAINTREE_KEYS.publicKey}|${BRAINTREE_KEYS.privateKey}`,
  delivery: delivery("", { "Content-Type": "application/x-www-form-urlencoded" }),
  sign: (given) => {
    const kind = "subscription_went_active";
    const fields = braintreeGateway().webhookTesting.sampleNotification(kind, "sub_1");
    return { ...given, body: Buffer.from(new URLSearchParams(fields).toString()) };
  },
  accepts: (given) => {
    const form = new URLSearchParams(given.body.toString());
    const [signature, payload] = [form.get("bt_signature") ?? "", form.get("bt_payload") ?? ""];
    return passes(() => braintreeGateway().webhookNotification.parse(signature, payload));
  },
  refusesOld: false,
  neverAnew: true,
};

type AdyenValidator = {
  calculateHmac: (item: object, key: string) => string;
  validateHMAC: (item: object, key: string) => boolean;
};
type AdyenBody = {
  notificationItems: {
    NotificationRequestItem: { additionalData: Record<string, string>; pspReference: string };
  }[];
};
const ADYEN_KEY = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
const adyenValidator = () => {
  const { default: Validator } = sdkFile<{ default: new () => AdyenValidator }>(
    "@adyen/api-library",
    "lib/src/utils/hmacValidator.js",
  );
  return new Validator();
};
const adyenItem = (reference: string, more: object = {}) => ({
  NotificationRequestItem: {
    additionalData: {},
    amount: { currency: "EUR", value: 1130 },
    eventCode: "AUTHORISATION",
    merchantAccountCode: "Grüße",
    merchantReference: "a:b\\c",
    pspReference: reference,
    success: "true",
    ...more,
  },
});
const adyenItems = (body: Buffer) =>
  (JSON.parse(body.toString()) as AdyenBody).notificationItems.map(
    (item) => item.NotificationRequestItem,
  );

export const adyenStandard: Oracle = {
  provider: "adyen",
  scheme: "standard",
  by: "@adyen/api-library",
  secret: ADYEN_KEY,
  delivery: delivery(
    JSON.stringify({
      live: "false",
      notificationItems: [adyenItem("P1"), adyenItem("P2", { originalReference: "P1" })],
    }),
  ),
  sign: (given) => {
    const body = JSON.parse(given.body.toString()) as AdyenBody;
    for (const { NotificationRequestItem: item } of body.notificationItems) {
      item.additionalData["hmacSignature"] = adyenValidator().calculateHmac(item, ADYEN_KEY);
    }
    return { ...given, body: Buffer.from(JSON.stringify(body)) };
  },
  accepts: (given) =>
    adyenItems(given.body).every((item) => adyenValidator().validateHMAC(item, ADYEN_KEY)),
  refusesOld: false,
  neverAnew: true,
  signedText: '2","success',
};
