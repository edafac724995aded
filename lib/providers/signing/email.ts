import type { Scheme } from "../scheme.ts";
import { hmac, ofAccount, ofWebhook, timeIn, token } from "./forms.ts";

const mailgunKey = ofAccount("HTTP webhook signing key", "Settings > API security");

/** documentation.mailgun.com, "Securing webhooks": in the body, and only the time and a token are signed. */
export const mailgun: Scheme[] = [
  hmac({
    id: "mailgun-sha256",
    message: ["{time}{json:signature.token}"],
    signature: { at: ["json:signature.signature"], encoding: "hex" },
    time: timeIn("json:signature.timestamp", "s"),
    secret: mailgunKey,
  }),
  hmac({
    id: "mailgun-form-sha256",
    message: ["{time}{form:token}"],
    signature: { at: ["form:signature"], encoding: "hex" },
    time: timeIn("form:timestamp", "s"),
    secret: mailgunKey,
  }),
];

/** postmarkapp.com/developer/webhooks/webhooks-overview#protecting-your-webhook */
export const postmark: Scheme[] = [
  token(
    "postmark-basic",
    "header:Authorization",
    ofWebhook("Basic auth, as user:password", "the webhook's page > Basic auth credentials", /:/),
    { encoding: "base64", prefix: "Basic " },
  ),
];
