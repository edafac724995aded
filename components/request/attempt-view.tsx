"use client";

import { useMemo } from "react";
import { fromBase64 } from "#components/body/base64.ts";
import { Disclosure } from "#components/body/disclosure.tsx";
import { EncodedBody } from "#components/body/encoded-body.tsx";
import { formatSize } from "#components/ui/format.ts";
import { later } from "#components/ui/later.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { contentCodings } from "#lib/contract/content-coding.ts";
import type { Attempt, AttemptTiming, Forward } from "#lib/contract/forwards.ts";
import { headerValue } from "#lib/contract/headers.ts";
import { AnswerCompare, type EarlierAnswer } from "./answer-compare.tsx";
import { HeaderTable } from "./header-table.tsx";
import type { RedirectNoticeProps } from "./redirect-notice.tsx";
import { type Span, TimeBars } from "./time-bars.tsx";

const RedirectNotice = later(() =>
  import("./redirect-notice.tsx").then((module) => module.RedirectNotice),
);

type AttemptViewProps = {
  attempt: Attempt;
  /** Answers that came before, the last one first. */
  earlier: readonly EarlierAnswer[];
  request: RedirectNoticeProps["request"];
  forward: Forward;
  following: Pick<RedirectNoticeProps, "onUseTarget" | "onFollow">;
};

const folded = "border-t border-line [&>summary]:px-4 [&>summary]:py-1.5";

/** What came back from the target, or why nothing did. */
export function AttemptView(props: AttemptViewProps) {
  const { attempt, earlier, request, forward, following } = props;
  const spans = spansOf(attempt.timing);
  return (
    <div className="flex flex-col">
      {attempt.error && (
        <Notice tone={attempt.error.code === "unseen" ? "info" : "bad"} className="mx-4 my-2">
          <span className="font-medium">{attempt.error.code}</span>: {attempt.error.message}
        </Notice>
      )}
      {isRedirect(attempt) && (
        <RedirectNotice attempt={attempt} request={request} forward={forward} {...following} />
      )}
      {(attempt.status !== null || attempt.bodySize > 0) && <AnswerBody attempt={attempt} />}
      {attempt.headers.length > 0 && (
        <Disclosure
          summary={`${attempt.headers.length} ${attempt.headers.length === 1 ? "header" : "headers"} of the answer${forward.byBrowser ? ", as far as a page sees them" : ""}`}
          className={folded}
        >
          <HeaderTable
            headers={attempt.headers}
            label="Headers of the answer"
            className="max-h-72 border-t border-line"
          />
        </Disclosure>
      )}
      {attempt.status !== null && !attempt.bodyDropped && (
        <AnswerCompare attempt={attempt} earlier={earlier} />
      )}
      {spans.length > 0 && (
        <Disclosure summary="Timing" open className={folded}>
          <div className="px-4 pt-1 pb-3">
            <TimeBars spans={spans} total={attempt.timing.totalMs} />
          </div>
        </Disclosure>
      )}
    </div>
  );
}

const isRedirect = ({ status }: Attempt) => status !== null && status >= 300 && status < 400;

function AnswerBody({ attempt }: { attempt: Attempt }) {
  const bytes = useMemo(() => fromBase64(attempt.bodyBase64), [attempt.bodyBase64]);
  if (attempt.bodySize === 0) {
    return <p className="px-4 py-3 text-xs text-muted">The answer has no body.</p>;
  }
  if (attempt.bodyDropped) {
    return (
      <p className="px-4 py-3 text-xs text-muted">
        The answer’s body of {formatSize(attempt.bodySize)} is not kept any more: newer answers took
        its room.
      </p>
    );
  }
  const isCut = bytes.length < attempt.bodySize;
  return (
    <EncodedBody
      bytes={bytes}
      contentType={headerValue(attempt.headers, "content-type") ?? null}
      codings={contentCodings(attempt.headers)}
      note={
        isCut
          ? `The first ${formatSize(bytes.length)} of ${formatSize(attempt.bodySize)} are kept.`
          : null
      }
      className="max-h-96"
    />
  );
}

/** The phases one after the other; one that was not needed or not reached has no bar. What is left is the body's. */
function spansOf({ dnsMs, connectMs, tlsMs, firstByteMs, totalMs }: AttemptTiming): Span[] {
  const phases: [string, number | null][] = [
    ["DNS", dnsMs],
    ["Connect", connectMs],
    ["TLS", tlsMs],
    ["First byte", firstByteMs],
  ];
  const spans: Span[] = [];
  let at = 0;
  for (const [label, ms] of phases) {
    if (ms === null) continue;
    spans.push({ label, from: at, to: at + ms });
    at += ms;
  }
  if (firstByteMs !== null) spans.push({ label: "Body", from: at, to: Math.max(totalMs, at) });
  return spans;
}
