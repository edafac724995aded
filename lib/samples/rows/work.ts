import type { HeaderPair } from "../../contract/headers.ts";
import type { Fresh } from "../fresh.ts";
import { asJson, type Sample } from "../sample.ts";

/** linear.app/developers/webhooks#the-webhook-payload */
const linearHead = (fresh: Fresh, type: string): HeaderPair[] => [
  ["Accept", "application/json, text/plain, */*"],
  ["Content-Type", "application/json; charset=utf-8"],
  ["User-Agent", "Linear-Webhook"],
  ["Linear-Delivery", fresh.uuid()],
  ["Linear-Event", type],
];

const linearEvent = (fresh: Fresh, type: string, data: object) =>
  asJson(linearHead(fresh, type), {
    action: "create",
    actor: { id: fresh.uuid(), type: "user", name: "Ada Lovelace" },
    createdAt: fresh.iso(-500),
    type,
    data,
    url: `https://linear.app/acme/issue/ORD-${fresh.number(100, 999)}`,
    organizationId: fresh.uuid(),
    webhookTimestamp: fresh.ms(),
    webhookId: fresh.uuid(),
  });

const linear: Sample[] = [
  {
    provider: "linear",
    event: "Issue.create",
    about: "An issue was opened",
    make: (fresh) =>
      linearEvent(fresh, "Issue", {
        id: fresh.uuid(),
        createdAt: fresh.iso(-500),
        number: fresh.number(100, 999),
        title: "The refund mail is sent twice",
        priority: 2,
        priorityLabel: "High",
        state: { id: fresh.uuid(), name: "Todo", type: "unstarted" },
        team: { id: fresh.uuid(), key: "ORD", name: "Orders" },
        labels: [{ id: fresh.uuid(), name: "Bug" }],
      }),
  },
  {
    provider: "linear",
    event: "Comment.create",
    about: "Somebody commented",
    make: (fresh) =>
      linearEvent(fresh, "Comment", {
        id: fresh.uuid(),
        createdAt: fresh.iso(-500),
        body: "Happens with two clicks only.",
        issueId: fresh.uuid(),
        userId: fresh.uuid(),
      }),
  },
];

/** developer.pagerduty.com/docs/webhooks-overview#webhook-payload */
const pagerduty: Sample = {
  provider: "pagerduty",
  event: "incident.triggered",
  about: "An incident began",
  make: (fresh) => {
    const id = fresh.upper("Q", 13);
    return asJson(
      [
        ["User-Agent", "PagerDuty-Webhook/V3.0"],
        ["Accept", "application/json"],
        ["X-Webhook-Id", fresh.uuid()],
        ["X-Webhook-Subscription", fresh.upper("P", 6)],
      ],
      {
        event: {
          id: fresh.upper("01", 24),
          event_type: "incident.triggered",
          resource_type: "incident",
          occurred_at: fresh.iso(-900),
          agent: { id: fresh.upper("P", 6), type: "service_reference", summary: "Orders" },
          client: null,
          data: {
            id,
            type: "incident",
            html_url: `https://acme.pagerduty.com/incidents/${id}`,
            number: fresh.number(100, 9_999),
            status: "triggered",
            title: "Charges fail for more than a minute",
            urgency: "high",
            created_at: fresh.isoSeconds(-900),
          },
        },
      },
    );
  },
};

export const work: readonly Sample[] = [...linear, pagerduty];
