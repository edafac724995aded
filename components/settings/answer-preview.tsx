import { clsx } from "clsx";
import { WireText } from "#components/request/wire-text.tsx";
import type { AnswerDraft } from "./answer-draft.ts";
import { type PreviewHeader, previewAnswer } from "./preview-answer.ts";

type AnswerPreviewProps = { draft: AnswerDraft; bodyBytes: number | undefined };

/** The draft as a sender will get it, while it is typed. */
export function AnswerPreview({ draft, bodyBytes }: AnswerPreviewProps) {
  const preview = previewAnswer(draft, bodyBytes);
  return (
    <section
      aria-label="What a sender gets"
      // As tall as a short form; beside a long one it stays in sight.
      className="flex min-w-0 flex-col rounded-lg border border-line bg-sunken lg:sticky lg:top-19 lg:max-h-[calc(100dvh-6rem)] lg:min-h-[min(100%,26rem)] lg:self-start"
    >
      <header className="flex items-baseline gap-2 border-b border-line px-4 py-2 text-xs">
        <h3 className="font-medium text-muted">What a sender gets</h3>
        <span className="ml-auto text-faint">
          {Number(draft.delayMs) > 0 ? `after ${draft.delayMs} ms` : "at once"}
        </span>
      </header>
      {preview ? (
        <div className="wire min-h-0 flex-1 overflow-auto px-4 py-3 wrap-anywhere max-lg:max-h-[32rem]">
          <p className="font-semibold">{preview.statusLine}</p>
          <ul>
            {preview.headers.map((header, index) => (
              <HeaderLine key={index} header={header} />
            ))}
          </ul>
          {preview.isBodyRefused && (
            <p className="mt-3 font-sans text-xs text-bad">
              An answer with this status has no body: it can’t be saved with one.
            </p>
          )}
          {preview.body !== "" && !preview.isBodyRefused && (
            <div className="mt-3 whitespace-pre-wrap">
              {preview.body === null ? (
                <span className="font-sans text-faint">(bytes that are no text)</span>
              ) : (
                <WireText text={preview.body.slice(0, SHOWN_CHARS)} kept={"\n\t"} />
              )}
            </div>
          )}
        </div>
      ) : (
        <p className="flex-1 px-4 py-3 text-muted">A status from 200 to 599 is needed.</p>
      )}
      <p className="border-t border-line px-4 py-2 text-xs text-faint">
        Grey lines are the server’s own. The sandbox policy keeps an answer from running as a page
        of this host.
      </p>
    </section>
  );
}

const SHOWN_CHARS = 4_000;

function HeaderLine({ header: { name, value, kind } }: { header: PreviewHeader }) {
  const line = `${name}: ${value}`;
  if (kind === "ours" || kind === "own") {
    return (
      <li>
        <WireText text={line} className={clsx(kind === "ours" && "text-faint")} />
      </li>
    );
  }
  return (
    <li>
      <del className="text-muted">
        <WireText text={line} />
      </del>{" "}
      <span className={clsx("font-sans text-xs", kind === "refused" ? "text-bad" : "text-warn")}>
        {kind === "refused" ? "can’t be set" : "not sent: it would reach beyond the capture URL"}
      </span>
    </li>
  );
}
