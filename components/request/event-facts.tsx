import type { ReactNode } from "react";
import { formatExact } from "#components/ui/format.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { RecognisedProvider } from "#lib/contract/requests.ts";
import { happenedWords } from "./happened.ts";
import { WireText } from "./wire-text.tsx";

type EventFactsProps = { provider: RecognisedProvider; receivedAt: string };

/** What the provider says of its event, as far as it says it: its ids, whose it is, when it happened. */
export function EventFacts({ provider, receivedAt }: EventFactsProps) {
  const { deliveryId, eventId, account, occurredAt } = provider;
  const isOneId = deliveryId === eventId;
  const facts: [name: string, value: string | null][] = [
    ["event", eventId],
    ["delivery", isOneId ? null : deliveryId],
    ["account", account],
  ];
  return (
    <dl className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs empty:hidden">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <Fact key={name} name={name}>
              <WireText text={value} className="wrap-anywhere text-muted" />
            </Fact>
          ),
      )}
      {occurredAt !== null && (
        <Fact name="happened">
          <Tooltip content={<span className="tabular-nums">{formatExact(occurredAt)}</span>}>
            <time
              dateTime={occurredAt}
              tabIndex={0}
              aria-label={`${happenedWords(occurredAt, receivedAt)}, ${formatExact(occurredAt)}`}
              className="text-muted"
            >
              {happenedWords(occurredAt, receivedAt)}
            </time>
          </Tooltip>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-baseline gap-1.5">
      <dt className="shrink-0 text-faint">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
