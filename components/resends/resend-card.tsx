"use client";

import Link from "next/link";
import { Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { ProgressBar } from "#components/transfer/progress-bar.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { rememberFocus } from "#components/ui/focus-return.ts";
import { formatCount } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RowTime, Time } from "#components/ui/time.tsx";
import type { Resend, ResendFailure } from "#lib/contract/resends.ts";
import { messageOf } from "#lib/message-of.ts";
import { isUnderWay, type ResendsState } from "./use-resends.ts";
import { failureWords, rangeWords, standingOf } from "./words.ts";

type ResendCardProps = { binId: string; resend: Resend; resends: ResendsState };

/** One resend: how far it is, what did not arrive and why. */
export function ResendCard({ binId, resend, resends }: ResendCardProps) {
  const { id, to, name, state, counts, planned } = resend;
  const [failure, setFailure] = useState<string | null>(null);
  const attempt = (change: Promise<void>) => {
    setFailure(null);
    change.catch((error: unknown) => setFailure(messageOf(error)));
  };
  const settled = counts.delivered + counts.dead;
  return (
    <li className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 flex-1 basis-40 wrap-anywhere">
          {name !== null && <span className="text-muted">through </span>}
          <WireText text={name ?? to} className="font-medium" />
        </h3>
        <span className="text-xs text-muted">
          <RowTime at={resend.createdAt} ago />
        </span>
        {state === "running" && (
          <Button size="sm" onClick={() => attempt(resends.stop(id))}>
            Stop
          </Button>
        )}
        {!isUnderWay(resend) && (
          <IconButton
            icon={Trash2}
            label="Forget this resend"
            onClick={() => {
              const giveBack = rememberFocus();
              attempt(resends.remove(id).then(() => void setTimeout(giveBack)));
            }}
          />
        )}
      </div>
      {state === "running" && (
        <ProgressBar label="Sent" share={planned === null ? null : settled / planned} />
      )}
      <p>
        <span role="status">{standingOf(resend)}</span>
        {state === "running" && resend.pausedUntil !== null && (
          <span className="text-muted">
            {" "}
            Next try <Time at={resend.pausedUntil} />.
          </span>
        )}
      </p>
      <Facts resend={resend} />
      {failure && <Notice tone="bad">{failure}</Notice>}
      {counts.dead > 0 && <Failures binId={binId} resend={resend} resends={resends} />}
      {settled > 0 && (
        <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
          Report of each:
          {(["ndjson", "csv"] as const).map((format) => (
            <a
              key={format}
              download
              href={resends.fileUrl(id, format)}
              className={buttonClass({ size: "sm" })}
            >
              {format.toUpperCase()}
            </a>
          ))}
        </p>
      )}
    </li>
  );
}

function Facts({ resend }: { resend: Resend }) {
  const { q, marked, range, append, resign, ordered, ratePerSecond, retry } = resend;
  const words = [
    marked !== null && `${formatCount(marked)} selected`,
    marked === null && q === "" && "all requests",
    rangeWords(range),
    ordered ? "in order" : "several at once",
    append ? "path and query appended" : "the URL as it is",
    resign && "signed again",
    ratePerSecond !== null && `at most ${ratePerSecond} a second`,
    retry.maxAttempts > 1 && `${retry.maxAttempts} attempts at most`,
  ].filter((word) => word !== false);
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
      {q !== "" && (
        <span className="wrap-anywhere">
          only <WireText text={q} className="text-ink" />
        </span>
      )}
      {words.join(" · ")}
    </p>
  );
}

function Failures({ binId, resend: { id, counts }, resends }: ResendCardProps) {
  const { report } = resends;
  // What was read last stays until more is known.
  const [failures, setFailures] = useState<ResendFailure[]>([]);
  useEffect(() => {
    const reading = new AbortController();
    report(id, reading.signal).then(
      (found) => setFailures(found.failures),
      () => undefined,
    );
    return () => reading.abort();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- read again when there are more of them
  }, [id, counts.dead]);
  if (failures.length === 0) return null;
  return (
    <ul
      aria-label="What did not arrive"
      className="flex flex-col divide-y divide-line rounded-md border border-line text-xs"
    >
      {failures.map((failed) => (
        <Failure key={failed.reason} binId={binId} failed={failed} />
      ))}
    </ul>
  );
}

function Failure({ binId, failed }: { binId: string; failed: ResendFailure }) {
  const { count, first } = failed;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-3 py-1.5">
      <span className="font-medium text-bad">{formatCount(count)}</span>
      <span className="min-w-0 flex-1 wrap-anywhere">{failureWords(failed)}</span>
      <Link href={`/b/${binId}?request=${first.requestId}`} className="text-accent hover:underline">
        {count === 1 ? `#${first.seq}` : `the first: #${first.seq}`}
      </Link>
    </li>
  );
}
