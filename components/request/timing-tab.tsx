import { formatBytes } from "#components/ui/format.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { type Span, TimeBars } from "./time-bars.tsx";

type TimingTabProps = { request: CapturedRequest; summary: RequestSummary };

/** Where the time went, from the connection on where that is known, and how much was stored of what was declared. */
export function TimingTab({ request, summary }: TimingTabProps) {
  const { headMs, storedMs } = request.timing;
  const spans = spansOf(request, summary);
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
          {headMs === null
            ? "From the parsed head to the answer"
            : "From the connection to the answer"}
        </h3>
        <TimeBars spans={spans} total={Math.max(...spans.map(({ to }) => to ?? 0))} />
        <p className="mt-2 text-xs text-muted">
          The answer goes out only after the request is on disk.
          {storedMs === null && " When this one was stored is not known."}
          {headMs === null && ` ${headUnknownWords(request)}`}
        </p>
      </section>
      <Sizes request={request} />
    </div>
  );
}

/** What is measured from the parsed head is moved behind the head, where the head's own time is known. */
function spansOf({ timing }: CapturedRequest, summary: RequestSummary): Span[] {
  const { headMs, bodyMs, storedMs } = timing;
  const { answered, response } = summary;
  const start = headMs ?? 0;
  const afterHead = (ms: number | null) => (ms === null ? null : start + ms);
  const head: Span = {
    label: "Head received",
    from: 0,
    to: headMs,
    words: "from the accepted connection (the proxy’s, behind one) to the end of the head",
  };
  return [
    ...(headMs === null ? [] : [head]),
    {
      label: "Body received",
      from: start,
      to: start + bodyMs,
      words: "from the last byte of the head to the last byte of the body",
    },
    {
      label: "Stored",
      from: start + bodyMs,
      to: afterHead(storedMs),
      words: "until the database had it on disk",
    },
    {
      label: "Answered",
      from: start + (storedMs ?? bodyMs),
      to: afterHead(answered?.respondedMs ?? null),
      words: response ? answeredWords(summary) : "there was nobody left to answer",
      missing: answered && answered.outcome !== "sent" ? "not sent" : "unknown",
    },
  ];
}

function headUnknownWords({ imported }: CapturedRequest): string {
  if (imported) return "How long its head took is not in the file.";
  return "No time of its head: the connection was open already, kept from an earlier request (or this came before heads were timed).";
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
  // Its size and hash as they were would tell of what is hidden.
  const isRedacted = request.hidden?.some(({ where }) => where === "body") === true;
  const rows: [string, string][] = [
    isRedacted
      ? ["As shown here", formatBytes(bodySize)]
      : [
          "Declared by the sender",
          declared === null ? "nothing (no Content-Length)" : formatBytes(declared),
        ],
    ...(isRedacted ? [] : [["Stored", formatBytes(bodySize)] satisfies [string, string]]),
    ...(request.bodySha256
      ? [["SHA-256 of the stored bytes", request.bodySha256] satisfies [string, string]]
      : []),
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
