import { formatCount } from "#components/ui/format.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { ImportReport } from "#lib/contract/transfer.ts";
import { requestsWord } from "./words.ts";

type ImportReportProps = { report: ImportReport; file: string };

/** What came of an import: how many, what was not taken and why, what the file did not tell. */
export function ImportReportView({ report, file }: ImportReportProps) {
  const { taken, refused, refusals, notes, isWhole, format } = report;
  const unit = format === "har" ? "Entry" : "Line";
  return (
    <div role="status" className="flex flex-col gap-3">
      <p>
        <b className="font-medium">{requestsWord(taken)} imported</b>
        {placesOf(report)}, from <span className="wire wrap-anywhere">{file}</span>.
      </p>
      {isWhole === false && (
        <Notice tone="warn">
          <b>The file was cut.</b> Its end is missing, so there were more requests in it once.
        </Notice>
      )}
      {refused > 0 && (
        <section aria-label="Not taken" className="flex flex-col gap-1">
          <h3 className="text-xs font-medium text-warn">{requestsWord(refused)} not taken</h3>
          <ul
            // Long ones scroll, by keys too.
            tabIndex={0}
            aria-label="What was not taken"
            className="max-h-40 overflow-y-auto rounded-md border border-line text-xs"
          >
            {refusals.map(({ place, reason }) => (
              <li
                key={place}
                className="flex gap-3 border-b border-line px-3 py-1.5 last:border-none"
              >
                <span className="w-20 shrink-0 text-muted">
                  {unit} {formatCount(place)}
                </span>
                <span className="min-w-0 flex-1 wrap-anywhere">{reason}</span>
              </li>
            ))}
          </ul>
          {refused > refusals.length && (
            <p className="text-xs text-faint">and {formatCount(refused - refusals.length)} more</p>
          )}
        </section>
      )}
      {notes.length > 0 && (
        <section aria-label="Not as it was" className="flex flex-col gap-1">
          <h3 className="text-xs font-medium text-muted">
            What the file did not tell, or we changed
          </h3>
          <ul className="flex list-disc flex-col gap-1 pl-4 text-xs text-muted">
            {notes.map(({ text, requests }) => (
              <li key={text}>
                {text} <span className="text-faint">{requestsWord(requests)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function placesOf({ firstSeq, lastSeq }: ImportReport): string {
  if (firstSeq === null || lastSeq === null) return "";
  const first = `#${formatCount(firstSeq)}`;
  return firstSeq === lastSeq ? ` as ${first}` : ` as ${first} to #${formatCount(lastSeq)}`;
}
