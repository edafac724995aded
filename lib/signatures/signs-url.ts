import type { CanonicalName, Message } from "../providers/scheme.ts";
import { schemesOf } from "./schemes.ts";
import { variablesOf } from "./template.ts";

/** Code that signs the URL, or its path. */
const WITH_URL: ReadonlySet<CanonicalName> = new Set(["contentful", "mandrill", "twilio-form"]);

/** Whether a provider signs the URL too, so that a request is signed for one target. */
export const signsUrl = (providerId: string): boolean =>
  schemesOf(providerId).some(({ message }) => hasUrl(message));

const hasUrl = (message: Message): boolean =>
  "canonical" in message
    ? WITH_URL.has(message.canonical)
    : message.flatMap(variablesOf).some((name) => name.startsWith("url"));
