import { formatBytes } from "#components/ui/format.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { type Span, TimeBars } from "./time-bars.tsx";

type TimingTabProps = { request: CapturedRequest; summary: RequestSummary };

/** Where the time went, from the parsed head on, and how much was stored of what was declared. */
export function TimingTab({ request, summary }: TimingTabProps) {
  const { bodyMs, storedMs } = request.timing;
  const respondedMs = summary.answered?.respondedMs ?? null;
  const spans: Span[] = [
    { label: "Body received", from: 0, to: bodyMs },
    { label: "Stored", from: bodyMs, to: storedMs },
    { label: "Answered", from: storedMs ?? bodyMs, to: respondedMs },
  ];
  return (
    <div className="flex h-full flex-col gap-5 overflow-y-auto px-4 py-4">
      <section aria-labelledby="timing-heading">
        <h3 id="timing-heading" className="mb-3 text-xs text-faint">
          From the parsed head
        </h3>
        <TimeBars spans={spans} total={Math.max(bodyMs, storedMs ?? 0, respondedMs ?? 0)} />
        <p className="mt-2 text-xs text-muted">
          The answer goes out only after the request is on disk.
          {storedMs === null && " When this one was stored is not known."}
        </p>
      </section>
      <Sizes request={request} />
    </div>
  );
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
