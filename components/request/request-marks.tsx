import Link from "next/link";
import { use } from "react";
import { HiddenNotice } from "#components/shares/hidden-notice.tsx";
import { SharedContext } from "#components/shares/shared-context.ts";
import { formatBytes, formatExact } from "#components/ui/format.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { isOpenCheck } from "./open-check.ts";

type RequestMarksProps = {
  binId: string;
  summary: RequestSummary;
  request: CapturedRequest | null;
};

/** What is not as it was sent, in words that say what it means. */
export function RequestMarks({ binId, summary, request }: RequestMarksProps) {
  const isShared = use(SharedContext);
  const declared = request?.bodyDeclaredSize ?? null;
  const stored = formatBytes(summary.bodySize);
  return (
    <div className="flex flex-col gap-1 empty:hidden">
      {summary.hidden && summary.hidden.length > 0 && <HiddenNotice marks={summary.hidden} />}
      {summary.handshake && (
        <Notice className="py-1 text-xs">
          <b>Handshake.</b> {summary.handshake.name} checked this URL and got the answer that it
          wants, in place of the bin's.
        </Notice>
      )}
      {isOpenCheck(summary) && (
        <Mark>
          <b>This looks like a check of the URL, not answered as it wants.</b> The answer is made
          with a secret of {summary.provider?.name ?? "the sender"}. The bin had none, or is set to
          leave checks alone, so it got the bin’s own answer.{" "}
          {!isShared && (
            <>
              Add it under{" "}
              <Link href={`/b/${binId}/settings#secrets`} className="text-accent underline">
                Signing secrets
              </Link>
              , then have the URL checked again.
            </>
          )}
        </Mark>
      )}
      {summary.response?.from === "enforce" && (
        <Mark>
          <b>Refused.</b> This bin takes only what is verified: the sender got{" "}
          {summary.response.status}, in place of the bin's answer.
        </Mark>
      )}
      {summary.imported && (
        <Notice className="py-1 text-xs">
          <b>Imported</b> {formatExact(summary.imported.at)} from{" "}
          {summary.imported.format === "har" ? "a HAR file" : "an NDJSON export"}
          {summary.imported.seq !== null && `, where it was #${summary.imported.seq}`}. Time, URL
          and answer are those of where it was captured.
        </Notice>
      )}
      {summary.bodyTruncated && (
        <Mark>
          <b>Truncated.</b> The body was larger than this server takes: {stored}
          {declared !== null && declared > summary.bodySize && ` of ${formatBytes(declared)}`} are
          kept, the sender got 413. It can't be forwarded.
        </Mark>
      )}
      {summary.bodyIncomplete && (
        <Mark>
          <b>Incomplete.</b> The sender hung up or stalled before the body's end: {stored}
          {declared !== null && declared > summary.bodySize && ` of ${formatBytes(declared)}`}{" "}
          arrived. It can't be forwarded.
        </Mark>
      )}
      {request?.redacted.includes("cookie") && (
        <Mark>
          <b>Redacted.</b> This browser's Hooklens session was in the Cookie header; it was cut out
          before anything was stored. Nothing else was changed.
        </Mark>
      )}
    </div>
  );
}

function Mark({ children }: { children: React.ReactNode }) {
  return (
    <Notice tone="warn" className="py-1 text-xs">
      {children}
    </Notice>
  );
}
