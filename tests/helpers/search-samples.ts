import fc from "fast-check";
import { type Signature, UNCHECKED } from "#lib/contract/requests.ts";
import { fold } from "#lib/search/pattern.ts";
import type { GivenRequest } from "./store.ts";

/*
 * Requests and queries out of few words, so that they often meet. Both are odd on purpose: broken JSON, doubled names,
 * bytes that are no UTF-8, LIKE's own signs.
 */

const NAMES = ["a", "A", "b", "a.b", "0", "items", "items[]", "card[b]", "x-y", "\u00f6", ""];
const TEXTS = [
  'a|Abc|abc abc|xabcx||0|10|10.50|-3|1e2|null|true| 7 |100%|a_c|a\\c|"q"|x\ty|a*c',
  "\u00f6|\u00d6x|\u20ac|\ufffd|Kelvin \u212a",
  "12345678901234567890|12345678901234567891|0.1|19.000000000000000000001|19",
].flatMap((texts) => texts.split("|"));
const METHODS = ["GET", "POST", "PATCH", "M-SEARCH"];
const TYPES = ["application/json", "Application/JSON; charset=utf-8", "text/plain\t;x", "\u00e9/x"];
const FORM = "application/x-www-form-urlencoded";
const EVENTS = ["ping", "charge.Failed", "\u00f6", "100%"];
const STATES = ["pending", "delivered", "failed", "dead"];

const name = fc.constantFrom(...NAMES);
const text = fc.constantFrom(...TEXTS);
const latin1 = (value: string) => Buffer.from(value).toString("latin1");
/** As it comes over the wire: UTF-8 or latin1, a character for each byte. */
const wireText = fc.oneof(
  text.map(latin1),
  text.map((value) => value.replace(/[^\0-\xff]/g, "?")),
);

const jsonText = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text.map((value) => JSON.stringify(value)),
    text.map((value) => JSON.stringify(value).replace("a", "\\u0061")),
    fc.constantFrom("1", "10.50", "-3", "1e2", "12345678901234567890", "19", "0.1", "true", "null"),
    fc.constantFrom("{}", "[]", "nope", '"\\x"', '"bare\ttab"', "01", "1-2"),
    fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc
      .array(fc.tuple(name, tie("value")), { maxLength: 4 })
      .map(
        (pairs) => `{${pairs.map(([key, item]) => `${JSON.stringify(key)}:${item}`).join(" , ")}}`,
      ),
  ),
})).value;

const encodeField = ([key, value]: [string, string]) =>
  `${encodeURIComponent(key)}=${value === "" ? "" : encodeURIComponent(value).replaceAll("%20", "+")}`;
const fields = fc
  .array(fc.tuple(name, text), { maxLength: 4 })
  .map((all) => all.map(encodeField).join("&"));

const body = fc.oneof(
  { weight: 5, arbitrary: jsonText.map((value) => Buffer.from(value)) },
  { weight: 2, arbitrary: fields.map((value) => Buffer.from(value)) },
  { weight: 1, arbitrary: text.map((value) => Buffer.from(value)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(jsonText, fc.nat(8))
      .map(([value, cut]) => Buffer.from(value).subarray(0, -cut || undefined)),
  },
  { weight: 1, arbitrary: jsonText.map((value) => Buffer.from(value, "latin1")) },
);

export const givenRequest: fc.Arbitrary<GivenRequest> = fc.record({
  body,
  method: fc.constantFrom(...METHODS),
  target: fc
    .tuple(wireText, fc.oneof(fc.constant(null), fields))
    .map(([path, query]) => `/${path}${query === null ? "" : `?${query}`}`),
  headers: fc.array(fc.tuple(fc.constantFrom("X-A", "x-a", "Age", "Content-Type"), wireText), {
    maxLength: 4,
  }),
  contentType: fc.constantFrom(null, FORM, FORM, ...TYPES),
  remoteAddress: fc.constantFrom("127.0.0.1", "::1", "203.0.113.9"),
  provider: fc.oneof(
    fc.constant(null),
    fc.record({
      id: fc.constantFrom("github", "standard-webhooks"),
      event: fc.constantFrom(null, ...EVENTS),
      deliveryId: fc.oneof(fc.constant(null), text),
      attempt: fc.constant(null),
      eventId: fc.constant(null),
      account: fc.constant(null),
      mode: fc.constant(null),
      occurredAtUs: fc.constant(null),
    }),
  ),
  signature: fc.constantFrom("unchecked", "verified", "failed").map((status) => ({
    ...UNCHECKED,
    status: status as Signature["status"],
  })),
  response: fc.constantFrom(
    null,
    ...[200, 404, 500].map((status) => ({ status, headers: [], bodySize: 0 })),
  ),
  atMs: fc
    .constantFrom(-3, -70, -60 * 30, -86_400 * 2)
    .map((seconds) => Date.now() + seconds * 1000),
});

/** The same with a body that is longer than what words are looked for in (64 KiB), or than what lies in its row. */
export function padded(request: GivenRequest, bytes: number): GivenRequest {
  const pad = `{"pad":"${" ".repeat(bytes)}","a":`;
  const body = Buffer.concat([Buffer.from(pad), request.body ?? Buffer.alloc(0), Buffer.from("}")]);
  return { ...request, body };
}

/**
 * The states of a request's forwards, the status of a listener's answer that went out in place of the bin's, and what
 * people say of it.
 */
export const aftermath = fc.record({
  forwards: fc.subarray(STATES),
  listenerStatus: fc.constantFrom(null, null, null, 201, 503),
  said: fc.record({
    note: fc.oneof(
      fc.constant(""),
      fc.tuple(text, text).map(([one, other]) => `${one}\n${other}`),
    ),
    labels: fc.uniqueArray(
      text.filter((each) => each !== ""),
      { maxLength: 3, selector: fold },
    ),
    pinned: fc.boolean(),
  }),
});

const quoted = text
  .filter((value) => !value.includes("\0"))
  .map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`);
const bareText = (value: string) => value.replace(/[\s()"\0]/g, "") || "a";
const bare = text.map(bareText);
const piece = fc.constantFrom("a", "bc", "10", "%", "_", "\u00f6", "x");
const wild = fc
  .array(fc.oneof(piece, fc.constant("*")), { minLength: 1, maxLength: 4 })
  .map((all) => `${all.join("")}*`);
const value = fc.oneof(quoted, bare, wild, fc.constant("*"));
const number = fc.constantFrom(
  "0",
  "9",
  "10",
  "10.5",
  "-3",
  "19",
  "12345678901234567890",
  "0.1",
  "1e2",
  "1e400",
);
const comparison = fc.constantFrom(">", ">=", "<", "<=");

const step = fc.oneof(
  name.map((key) => (/^[\w-]+$/.test(key) ? `.${key}` : `."${key}"`)),
  fc.constantFrom("[0]", "[1]", "[*]", ".*", ".0", ".a*"),
);
const bodyPath = fc
  .array(step, { minLength: 1, maxLength: 3 })
  .map((steps) => `body${steps.join("")}`);
const keyed = fc.oneof(
  bodyPath,
  name.map((key) => `query.${bareText(key).replace(/[:<>]/g, "")}`),
  fc.constantFrom("header.X-A", "header.age", "header.content-*", "header.nope", "query.*"),
);
const plain = fc.constantFrom(
  "method",
  "path",
  "type",
  "provider",
  "event",
  "delivery",
  "signature",
  "status",
  "forward",
  "ip",
  "id",
  "label",
  "note",
  "pinned",
  "body",
);
const known = fc.oneof(
  fc.constantFrom(...METHODS).map((each) => `method:${each.toLowerCase()}`),
  fc.constantFrom(...EVENTS).map((each) => `event:${each}`),
  fc.constantFrom(...STATES, "*").map((each) => `forward:${each}`),
  fc
    .constantFrom("application/json", "application/*", "*/x", "*utf-8", "text/plain")
    .map((each) => `type:${each}`),
  fc.constantFrom(
    "status:2*",
    "status:404",
    "status>=404",
    "status<1e1",
    "provider:git*",
    "ip:127.*",
  ),
  fc.constantFrom(
    "size>0",
    "size:0",
    "size<20b",
    "size>=64kib",
    "size>70kb",
    "size:1*",
    "id>100",
    "id:7",
  ),
  fc.constantFrom("at>-10m", "at<-1h", "at>=2020", "at<2020-01-01", "at:*Z"),
  fc.constantFrom("pinned:yes", "pinned:no", "pinned:*", "label:*", "note:*", "note:a*c"),
  fc.constantFrom("signature:unchecked", "signature:verified", "signature:*ed", "signature:x"),
);

const term = fc.oneof(
  { weight: 3, arbitrary: bare },
  { weight: 2, arbitrary: quoted },
  { weight: 1, arbitrary: wild },
  { weight: 5, arbitrary: fc.tuple(keyed, value).map(([field, wanted]) => `${field}:${wanted}`) },
  { weight: 3, arbitrary: fc.tuple(keyed, comparison, number).map((parts) => parts.join("")) },
  { weight: 2, arbitrary: fc.tuple(plain, value).map(([field, wanted]) => `${field}:${wanted}`) },
  { weight: 4, arbitrary: known },
);

/** A query's text; nearly all are queries. */
export const queryText: fc.Arbitrary<string> = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    term,
    term.map((each) => `-${each}`),
    fc.tuple(tie("query"), tie("query")).map(([a, b]) => `${a} ${b}`),
    fc.tuple(tie("query"), tie("query")).map(([a, b]) => `(${a} OR ${b})`),
    tie("query").map((inner) => `-(${inner})`),
  ),
})).query;
