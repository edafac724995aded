import { headerValue } from "../../contract/headers.ts";
import { utf8 } from "../bytes.ts";
import type { Canonical } from "../canonical.ts";
import { withoutPort, withPort } from "../derived.ts";
import type { Reader } from "../reader.ts";
import type { Part } from "../template.ts";

/**
 * mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks#authenticating-webhook-requests: the URL as
 * it was registered, then name and value of each field, in order of the names.
 */
export const mandrill: Canonical = ({ reader }, received) => {
  const fields = fieldsOf(reader, (values) => values.slice(-1));
  return received.map((group) => ({
    messages: fields ? [messageOf(reader.request.url, fields)] : [],
    absent: fields ? [] : ["form"],
    received: group,
  }));
};

/**
 * twilio.com/docs/usage/webhooks/webhooks-security, and what its package accepts beyond that (twilio 6.2.0,
 * lib/webhooks/webhooks.js): the URL with and without its port, as it came and as a browser would write it; of a field that
 * comes several times each different value once, sorted. Not followed: its last resort, a query written anew by Node's
 * legacy querystring. A URL with bodySHA256 is the other scheme's: this one would say nothing about the body.
 */
export const twilioForm: Canonical = ({ reader }, received) => {
  const { url, body } = reader.request;
  if (reader.first("query:bodySHA256") !== undefined) return [];
  const fields = fieldsOf(reader, (values) => [...new Set(values)].sort());
  const whole = fields ?? (body.length === 0 ? [] : null);
  return received.map((group) => ({
    messages: whole ? withAndWithoutPort(url).map((each) => messageOf(each, whole)) : [],
    absent: whole ? [] : ["form"],
    received: group,
  }));
};

/** Null for what is no form. */
function fieldsOf(
  reader: Reader,
  choose: (values: string[]) => string[],
): [name: string, value: string][] | null {
  const { headers, body } = reader.request;
  const type = headerValue(headers, "content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded/i.test(type)) return null;
  const byName = valuesByName(reader.form);
  if (byName.size === 0 && body.length > 0) return null;
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, values]) => choose(values).map((value): [string, string] => [name, value]));
}

/** The command comes here too, on Node 20, which has no Map.groupBy. */
function valuesByName(form: URLSearchParams): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const [name, value] of form) {
    const values = byName.get(name);
    if (values) values.push(value);
    else byName.set(name, [value]);
  }
  return byName;
}

const messageOf = (url: string, fields: readonly [string, string][]): Part[] => [
  { from: "url", bytes: utf8(url) },
  ...fields.flatMap(([name, value]): Part[] => [
    { from: "text", bytes: utf8(name) },
    { from: `form:${name}`, bytes: utf8(value) },
  ]),
];

function withAndWithoutPort(url: string): string[] {
  const written = URL.canParse(url) ? [url, new URL(url).href] : [url];
  const all = written.flatMap((each) => [each, withoutPort(each), withPort(each)]);
  return [...new Set(all)];
}
