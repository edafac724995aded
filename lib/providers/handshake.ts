import type { HeaderPair } from "../contract/headers.ts";
import { Content } from "./content.ts";
import { parsePath, valueAt } from "./path.ts";

/** How a URL proves to a provider that it wants to be called: what it asked for, answered. */
export type Handshake = {
  /** The provider's id. */
  id: string;
  status: number;
  headers: HeaderPair[];
  body: string;
};

type Asked = {
  method: string;
  target: string;
  headers: readonly HeaderPair[];
  body: Buffer | null;
};
type Row = { id: string; answer: (asked: Asked, content: Content) => Omit<Handshake, "id"> | null };

/** Nothing that a provider wants back is longer; a stranger's megabyte is not reflected. */
const VALUE_CHARACTERS_MAX = 4_096;
/** The exchanges are short: what is longer is a delivery. */
const BODY_BYTES_MAX = 16 * 1024;

/** As text/plain, so that a stranger's markup stays text (nosniff and the sandbox are on every answer). */
const text = (value: string | null | undefined) =>
  isReflectable(value)
    ? {
        status: 200,
        headers: [["Content-Type", "text/plain; charset=utf-8"] as HeaderPair],
        body: value,
      }
    : null;

const json = (value: unknown) => ({
  status: 200,
  headers: [["Content-Type", "application/json"] as HeaderPair],
  body: JSON.stringify(value),
});

const header = (name: string, value: string | undefined) =>
  isReflectable(value) ? { status: 200, headers: [[name, value] as HeaderPair], body: "" } : null;

const isReflectable = (value: string | null | undefined): value is string =>
  typeof value === "string" && value !== "" && value.length <= VALUE_CHARACTERS_MAX;

const given = (headers: readonly HeaderPair[], name: string): string | undefined =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1];

const at = (content: Content, path: string): unknown => valueAt(content.json, parsePath(path));

const string = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

/** Told by a header's name, in lower case. */
const byHeader = new Map<string, Row>(
  Object.entries({
    // developer.okta.com/docs/concepts/event-hooks#one-time-verification-request
    "x-okta-verification-challenge": {
      id: "okta",
      answer: ({ method, headers }) => {
        const value = given(headers, "x-okta-verification-challenge");
        return method === "GET" && isReflectable(value) ? json({ verification: value }) : null;
      },
    },
    // developers.asana.com/docs/webhooks-guide#the-webhook-handshake
    "x-hook-secret": {
      id: "asana",
      answer: ({ method, headers }) =>
        method === "POST" ? header("X-Hook-Secret", given(headers, "x-hook-secret")) : null,
    },
    // developers.ringcentral.com/guide/notifications/webhooks/creating-webhooks
    "validation-token": {
      id: "ringcentral",
      answer: ({ method, headers }) =>
        method === "POST" ? header("Validation-Token", given(headers, "validation-token")) : null,
    },
    // dev.twitch.tv/docs/eventsub/handling-webhook-events#responding-to-a-challenge-request
    "twitch-eventsub-message-type": {
      id: "twitch",
      answer: ({ headers }, content) =>
        given(headers, "twitch-eventsub-message-type") === "webhook_callback_verification"
          ? text(string(at(content, "challenge")))
          : null,
    },
    // CloudEvents, HTTP 1.1 Web Hooks for Event Delivery, 4.1 and 4.2
    "webhook-request-origin": {
      id: "azure-event-grid",
      answer: ({ method, headers }) => {
        const answer = header("WebHook-Allowed-Origin", given(headers, "webhook-request-origin"));
        if (method !== "OPTIONS" || !answer) return null;
        return { ...answer, headers: [...answer.headers, ["WebHook-Allowed-Rate", "*"]] };
      },
    },
  } satisfies Record<string, Row>),
);

/** Told by a name in the query. */
const byQuery = new Map<string, Row>(
  Object.entries({
    // developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
    "hub.challenge": {
      id: "meta",
      answer: ({ method }, { query }) =>
        method === "GET" && query.get("hub.mode") === "subscribe"
          ? text(query.get("hub.challenge"))
          : null,
    },
    // learn.microsoft.com/graph/change-notifications-delivery-webhooks#notificationurl-validation
    validationToken: {
      id: "microsoft-graph",
      answer: (_, { query }) => text(query.get("validationToken")),
    },
    // dropbox.com/developers/reference/webhooks#documentation
    challenge: {
      id: "dropbox",
      answer: ({ method }, { query }) => (method === "GET" ? text(query.get("challenge")) : null),
    },
  } satisfies Record<string, Row>),
);

/** Told by what their JSON holds; the key is a word that stands in every such body. */
const byBody: [word: string, Row][] = [
  [
    '"url_verification"',
    {
      // docs.slack.dev/reference/events/url_verification
      id: "slack",
      answer: (_, content) =>
        at(content, "type") === "url_verification" ? text(string(at(content, "challenge"))) : null,
    },
  ],
  [
    "Microsoft.EventGrid.SubscriptionValidationEvent",
    {
      // learn.microsoft.com/azure/event-grid/webhook-event-delivery: 200 exactly, 202 is refused
      id: "azure-event-grid",
      answer: (_, content) => {
        const isAsked =
          at(content, "[0].eventType") === "Microsoft.EventGrid.SubscriptionValidationEvent";
        const code = string(at(content, "[0].data.validationCode"));
        return isAsked && isReflectable(code) ? json({ validationResponse: code }) : null;
      },
    },
  ],
  [
    '"NotificationRequestItem"',
    {
      // docs.adyen.com/development-resources/webhooks#accept-webhooks: each delivery wants it
      id: "adyen",
      answer: (_, content) =>
        at(content, "notificationItems[0].NotificationRequestItem") === undefined
          ? null
          : text("[accepted]"),
    },
  ],
  [
    '"verification"',
    {
      // platform.openai.com/docs: MCP events prove their URL so
      id: "openai",
      answer: (_, content) => {
        const challenge = string(at(content, "challenge"));
        const isAsked = at(content, "type") === "verification";
        return isAsked && isReflectable(challenge) ? json({ challenge }) : null;
      },
    },
  ],
  [
    '"challenge"',
    {
      // developer.monday.com/api-reference/docs/webhooks#url-verification
      id: "monday",
      answer: (_, content) => {
        const isAlone = Object.keys(Object(content.json)).length === 1;
        const challenge = string(at(content, "challenge"));
        return isAlone && isReflectable(challenge) ? json({ challenge }) : null;
      },
    },
  ],
];

const headerLengths = new Set([...byHeader.keys()].map((name) => name.length));

/**
 * What a provider must get back before it sends anything to a URL; null for every other request. Only those that need
 * no secret.
 */
export function handshakeOf(asked: Asked): Handshake | null {
  const row = findRow(asked);
  if (!row) return null;
  const answer = row.answer(asked, new Content(asked.headers, asked.target, asked.body));
  return answer && { id: row.id, ...answer };
}

function findRow({ method, target, headers, body }: Asked): Row | undefined {
  for (const [name] of headers) {
    const row = headerLengths.has(name.length) ? byHeader.get(name.toLowerCase()) : undefined;
    if (row) return row;
  }
  const mark = target.indexOf("?");
  if (mark >= 0) {
    const name = [...byQuery.keys()].find((each) => hasName(target, mark, each));
    if (name !== undefined) return byQuery.get(name);
  }
  if (method !== "POST" || !body || body.length > BODY_BYTES_MAX) return undefined;
  return byBody.find(([word]) => body.includes(word))?.[1];
}

/** Whether the query has a field of this name, as providers write it. */
function hasName(target: string, mark: number, name: string): boolean {
  const at = target.indexOf(`${name}=`, mark);
  return at > 0 && (at === mark + 1 || target[at - 1] === "&");
}
