"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { RowTime } from "#components/ui/time.tsx";
import type { Attempt, Forward } from "#lib/contract/forwards.ts";
import type { EarlierAnswer } from "./answer-compare.tsx";
import { statusTone } from "./answered.ts";
import { AttemptView } from "./attempt-view.tsx";
import { formatMs } from "./format-ms.ts";
import { WireText } from "./wire-text.tsx";

type ForwardCardProps = {
  forward: Forward;
  /** SHA-256 of the captured body, to compare what was sent with. */
  bodySha256: string;
  /** All answers to this request, the last one first. */
  answers: readonly EarlierAnswer[];
  isFirst: boolean;
  onUseTarget: (to: string) => void;
};

/** One forward: how it ended in a line, and all of its attempts when opened. */
export function ForwardCard({
  forward,
  bodySha256,
  answers,
  isFirst,
  onUseTarget,
}: ForwardCardProps) {
  const [choice, setOpen] = useState<boolean | null>(null);
  const isOpen = choice ?? isFirst;
  const last = forward.attempts.at(-1);
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <li className="overflow-hidden rounded-md border border-line bg-surface">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="touch-target flex w-full cursor-pointer items-center gap-2.5 px-3 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Icon size={14} aria-hidden className="shrink-0 text-faint" />
        <Outcome forward={forward} />
        <WireText text={forward.to} className="min-w-0 flex-1 truncate" />
        {last && (
          <span className="shrink-0 text-xs text-muted">
            {formatMs(last.timing.totalMs)} · <RowTime at={last.startedAt} />
          </span>
        )}
      </button>
      {isOpen &&
        forward.attempts.toReversed().map((attempt) => (
          <div key={attempt.id} className="border-t border-line">
            {attempt.status !== null && (
              <SentBytes isSame={attempt.bodySha256Sent === bodySha256} forward={forward} />
            )}
            <AttemptView
              attempt={attempt}
              earlier={before(answers, attempt)}
              to={forward.to}
              onUseTarget={onUseTarget}
            />
          </div>
        ))}
    </li>
  );
}

/** Stamps are RFC 3339 in UTC, so their order is that of the texts. */
const before = (answers: readonly EarlierAnswer[], { startedAt }: Attempt) =>
  answers.filter(({ attempt }) => attempt.startedAt < startedAt);

function Outcome({ forward }: { forward: Forward }) {
  if (forward.state === "pending") return <Badge tone="accent">sending …</Badge>;
  const last = forward.attempts.at(-1);
  const status = last?.status ?? null;
  if (status === null) return <Badge tone="bad">✕ {last?.error?.code ?? forward.state}</Badge>;
  const tone: Tone = statusTone(status);
  const isBroken = last?.error !== null;
  return (
    <Badge tone={isBroken ? "bad" : tone}>
      {tone === "good" && !isBroken ? "✓" : "✕"} {status}
    </Badge>
  );
}

function SentBytes({ isSame, forward }: { isSame: boolean; forward: Forward }) {
  if (forward.edited) return <p className="px-4 pt-2 text-xs text-muted">Sent with edits.</p>;
  return (
    <p className="px-4 py-1.5 text-xs text-muted">
      {isSame
        ? "The body was sent as captured, byte for byte (same SHA-256)."
        : "The body that was sent differs from the captured one."}
    </p>
  );
}
