"use client";

import { clsx } from "clsx";
import { answeredWords } from "#components/request/answered.ts";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { formatExact } from "#components/ui/format.ts";
import { ordinal } from "#components/ui/ordinal.ts";
import { useNow } from "#components/ui/use-now.ts";
import type { AttemptResult, RequestThread, ThreadAttempt } from "#lib/contract/threads.ts";
import { formatSpan } from "./format-span.ts";
import { Reference } from "./reference.tsx";
import { WireText } from "./wire-text.tsx";

const results: Record<AttemptResult, { tone: Tone; words: string }> = {
  delivered: { tone: "good", words: "✓ delivered" },
  refused: { tone: "bad", words: "✕ refused" },
  late: { tone: "bad", words: "✕ too late" },
  unanswered: { tone: "bad", words: "✕ unanswered" },
  unknown: { tone: "neutral", words: "not known yet" },
};

type DeliveryItemProps = {
  attempt: ThreadAttempt;
  by: RequestThread["by"];
  /** The one that is open. */
  isOwn: boolean;
  /** The event goes to several URLs. */
  showsDestination: boolean;
  onOpen: ((id: string) => void) | null;
};

/** One try: which, when, after what a gap, what was answered, and what its sender made of that. */
export function DeliveryItem(props: DeliveryItemProps) {
  const { attempt, by, isOwn, showsDestination, onOpen } = props;
  const { request, gapSeconds, result } = attempt;
  const { tone, words } = results[result];
  const now = useNow();
  return (
    <li
      aria-current={isOwn || undefined}
      className={clsx("flex flex-col gap-0.5 px-3 py-2", isOwn && "bg-accent-soft")}
    >
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <span className="font-medium">
          {ordinal(attempt.try)} {by === "body" ? "time" : "try"}
        </span>
        {isOwn ? (
          <span className="text-muted">#{request.seq}, this one</span>
        ) : (
          <Reference id={request.id} seq={request.seq} onOpen={onOpen} />
        )}
        <span className="text-xs text-muted">{formatExact(request.receivedAt)}</span>
        {gapSeconds !== null && (
          <span className="text-xs text-muted">{formatSpan(gapSeconds)} after the one before</span>
        )}
        <span className="ml-auto flex gap-1.5">
          {attempt.isBodyOther && <Badge tone="warn">other body</Badge>}
          {by !== "body" && <Badge tone={tone}>{words}</Badge>}
        </span>
      </div>
      <p className="flex flex-wrap gap-x-2.5 text-xs text-muted">
        {showsDestination && (
          <span>
            to <WireText text={request.target || "/"} />
          </span>
        )}
        <span>{answeredWords(request, now)}</span>
      </p>
    </li>
  );
}
