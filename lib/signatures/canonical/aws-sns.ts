import { valueAt } from "../../providers/path.ts";
import { utf8 } from "../bytes.ts";
import type { Canonical } from "../canonical.ts";
import type { Reader } from "../reader.ts";
import { settingOf, valueClaim } from "../setting.ts";
import type { Part } from "../template.ts";

/** The fields that are signed, in their order. */
export const SNS_NOTIFICATION = [
  "Message",
  "MessageId",
  "Subject",
  "Timestamp",
  "TopicArn",
  "Type",
];
export const SNS_CONFIRMATION = [
  "Message",
  "MessageId",
  "SubscribeURL",
  "Timestamp",
  "Token",
  "TopicArn",
  "Type",
];

/**
 * By the message's type (docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message). The packages disagree about
 * UnsubscribeConfirmation: sns-payload-validator signs its Token, sns-validator leaves it out. Both are tried.
 */
const FIELDS: Record<string, string[][]> = {
  Notification: [SNS_NOTIFICATION],
  SubscriptionConfirmation: [SNS_CONFIRMATION],
  UnsubscribeConfirmation: [
    SNS_CONFIRMATION,
    SNS_CONFIRMATION.filter((field) => field !== "Token"),
  ],
};

const OPTIONAL = new Set(["Subject"]);

const TOPIC = "json:TopicArn";

/**
 * Names and values of the JSON's fields, each on a line of its own. The version says by which hash. AWS signs all topics with
 * the same certificate: a line `topic=` before it says whose messages count.
 */
export const awsSns =
  (version: "1" | "2"): Canonical =>
  ({ reader, secret }, received) => {
    const given = reader.first("json:SignatureVersion");
    if (given !== version && (given === "1" || given === "2")) return [];
    const lists = FIELDS[reader.first("json:Type") ?? ""] ?? [];
    const absent = [
      ...(given === version ? [] : ["json:SignatureVersion"]),
      ...(lists.length > 0 ? absentIn(reader, lists[0] ?? []) : ["json:Type"]),
    ];
    const messages = absent.length > 0 ? [] : lists.map((fields) => partsOf(reader, fields));
    const isSigned = received.some((group) => group.length > 0);
    const topic = isSigned ? settingOf(secret, "topic") : undefined;
    return [
      ...received.map((group) => ({ messages, absent, received: group })),
      ...(topic ? [valueClaim(TOPIC, reader.first(TOPIC), [topic])] : []),
    ];
  };

const absentIn = (reader: Reader, fields: readonly string[]): string[] =>
  fields
    .filter((field) => !OPTIONAL.has(field) && reader.first(`json:${field}`) === undefined)
    .map((field) => `json:${field}`);

function partsOf({ json }: Reader, fields: readonly string[]): Part[] {
  return fields.flatMap((field) => {
    const value = valueAt(json, [field]);
    if (typeof value !== "string") return [];
    return [
      { from: "text", bytes: utf8(`${field}\n`) },
      { from: `json:${field}`, bytes: utf8(value) },
      { from: "text", bytes: utf8("\n") },
    ];
  });
}
