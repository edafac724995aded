import { formatBytes } from "#components/ui/format.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { type Span, TimeBars } from "./time-bars.tsx";

type TimingTabProps = { request: CapturedRequest; summary: RequestSummary };

/** Where the time went, from the parsed head on, and how much was stored of what was declared. */
export function TimingTab({ request, summary }: TimingTabProps) {
  const { bodyMs, storedMs } = request.timing;
  const { answered, response } = summary;
  const respondedMs = answered?.respondedMs ?? null;
  const spans: Span[] = [
    {
      label: "Body received",
      from: 0,
      to: bodyMs,
      words: "from the last byte of the head to the last byte of the body",
    },
    {
      label: "Stored",
      from: bodyMs,
      to: storedMs,
      words: "until the database had it on disk",
    },
    {
      label: "Answered",
      from: storedMs ?? bodyMs,
      to: respondedMs,
      words: response ? answeredWords(summary) : "there was nobody left to answer",
      missing: answered && answered.outcome !== "sent" ? "not sent" : "unknown",
    },
  ];
  return (
    // Nothing in it takes the focus, so that it has to, to be scrolled by keys
    <div
      role="group"
      aria-label="Timing"
      tabIndex={0}
      className="flex h-full flex-col gap-5 overflow-y-auto px-4 py-4 focus-visible:-outline-offset-2"
    >
      <section aria-labelledby="timing-heading">
        <h3 id="timing-heading" className="mb-3 text-xs text-faint">
          From the parsed head to the answer
        </h3>
        <TimeBars spans={spans} total={Math.max(bodyMs, storedMs ?? 0, respondedMs ?? 0)} />
        <p className="mt-2 text-xs text-muted">
          The answer goes out only after the request is on disk.
          {storedMs === null && " When this one was stored is not known."} Connecting and sending
          the head come before and are not measured.
        </p>
      </section>
      <Sizes request={request} />
    </div>
  );
}

function answeredWords({ answered, response }: RequestSummary): string {
  const cut = answered?.delayCut ? "; its delay was cut short" : "";
  const what =
    response?.from === "listener"
      ? `${response.status}, localhost’s own answer, was handed to the network`
      : `${response?.status} was handed to the network, a delay that the bin sets included`;
  return `until ${what}${cut}`;
}

function Sizes({ request }: { request: CapturedRequest }) {
  const { bodyDeclaredSize: declared, bodySize } = request;
  const rows: [string, string][] = [
    [
      "Declared by the sender",
      declared === null ? "nothing (no Content-Length)" : formatBytes(declared),
    ],
    ["Stored", formatBytes(bodySize)],
    ["SHA-256 of the stored bytes", request.bodySha256],
  ];
  return (
    <section aria-label="Sizes">
      <h3 className="mb-2 text-xs text-faint">Body</h3>
      <dl className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[max-content_minmax(0,1fr)]">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted max-sm:mt-1">{name}</dt>
            <dd className="wire wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
