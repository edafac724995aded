import type { Scheme } from "../../providers/scheme.ts";
import { SNS_CONFIRMATION, SNS_NOTIFICATION } from "../canonical/aws-sns.ts";
import type { Input } from "./inputs.ts";

/** A message put together by code and signed by RSA, with a certificate that anybody can have. */
export type CertificatePlan =
  | { sender: "aws-sns"; hash: "sha1" | "sha256"; version: "1" | "2" }
  | { sender: "paypal"; hash: "sha256" };

/** Null for what is no certificate's. */
export function certificatePlan({ message }: Scheme): CertificatePlan | null {
  if (!("canonical" in message)) return null;
  if (message.canonical === "aws-sns-1") return { sender: "aws-sns", hash: "sha1", version: "1" };
  if (message.canonical === "aws-sns-2") return { sender: "aws-sns", hash: "sha256", version: "2" };
  return message.canonical === "paypal" ? { sender: "paypal", hash: "sha256" } : null;
}

export const certificateInputs = ({ sender }: CertificatePlan): Input[] =>
  sender === "paypal" ? ["header", "body"] : ["body"];

/** What must stand before the certificate: with it the sender signs for others too. */
export const conditions = {
  "aws-sns": { constant: "TOPIC", form: "topic=ARN", beginning: "topic=" },
  paypal: { constant: "WEBHOOK_ID", form: "the webhook's id", beginning: "" },
};

/** By the message's type. */
export const snsFields = {
  Notification: SNS_NOTIFICATION,
  SubscriptionConfirmation: SNS_CONFIRMATION,
  UnsubscribeConfirmation: SNS_CONFIRMATION,
};

/** In this order: id, time, signature. */
export const paypalHeaders = [
  "PAYPAL-TRANSMISSION-ID",
  "PAYPAL-TRANSMISSION-TIME",
  "PAYPAL-TRANSMISSION-SIG",
];
