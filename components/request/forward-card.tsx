"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useRelays } from "#components/relay/relay-context.ts";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RowTime } from "#components/ui/time.tsx";
import type { Attempt, Forward } from "#lib/contract/forwards.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { EarlierAnswer } from "./answer-compare.tsx";
import { statusTone } from "./answered.ts";
import { AttemptView } from "./attempt-view.tsx";
import { formatMs } from "./format-ms.ts";
import { ForwardStanding } from "./forward-standing.tsx";
import type { RedirectNoticeProps } from "./redirect-notice.tsx";
import { SentView } from "./sent-view.tsx";
import { WireText } from "./wire-text.tsx";

type ForwardCardProps = {
  forward: Forward;
  request: CapturedRequest;
  /** All answers to this request, the last one first. */
  answers: readonly EarlierAnswer[];
  isFirst: boolean;
  /** It was just sent from here: it is brought into sight, since on a phone it lies below the form. */
  isAwaited: boolean;
  following: Pick<RedirectNoticeProps, "onUseTarget" | "onFollow">;
};

/** One forward: how it ended in a line, and all of its attempts when opened. */
export function ForwardCard(props: ForwardCardProps) {
  const { forward, request, answers, isFirst, isAwaited, following } = props;
  const [choice, setOpen] = useState<boolean | null>(null);
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isAwaited) card.current?.scrollIntoView({ block: "nearest" });
  }, [isAwaited]);
  const isOpen = choice ?? isFirst;
  const last = forward.attempts.at(-1);
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <li ref={card} className="scroll-m-3 overflow-hidden rounded-md border border-line bg-surface">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="touch-target flex w-full cursor-pointer items-center gap-2.5 px-3 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Icon size={14} aria-hidden className="shrink-0 text-faint" />
        <Outcome forward={forward} />
        <Whither forward={forward} />
        {last && (
          <span className="shrink-0 text-xs text-muted">
            {formatMs(last.timing.totalMs)} · <RowTime at={last.startedAt} />
          </span>
        )}
      </button>
      {isOpen && <ComesAgain forward={forward} seq={request.seq} />}
      {isOpen && <ForwardStanding forward={forward} />}
      {isOpen &&
        forward.attempts
          .map((attempt, index) => (
            <div key={attempt.id} className="border-t border-line">
              {forward.attempts.length > 1 && <AttemptHead attempt={attempt} number={index + 1} />}
              <SentView attempt={attempt} forward={forward} capturedSha256={request.bodySha256} />
              <AttemptView
                attempt={attempt}
                earlier={before(answers, attempt)}
                request={request}
                forward={forward}
                following={following}
              />
            </div>
          ))
          .toReversed()}
    </li>
  );
}

/** Stamps are RFC 3339 in UTC, so their order is that of the texts. */
const before = (answers: readonly EarlierAnswer[], { startedAt }: Attempt) =>
  answers.filter(({ attempt }) => attempt.startedAt < startedAt);

function Outcome({ forward: { state, attempts } }: { forward: Forward }) {
  if (state === "pending") {
    return <Badge tone="accent">{attempts.length > 0 ? "sending again …" : "sending …"}</Badge>;
  }
  const last = attempts.at(-1);
  return last ? <AttemptBadge attempt={last} /> : <Badge tone="bad">✕ {state}</Badge>;
}

function AttemptBadge({ attempt: { status, error } }: { attempt: Attempt }) {
  if (error?.code === "unseen") return <Badge tone="neutral">answer unseen</Badge>;
  if (status === null && !error) return <Badge tone="good">exit 0</Badge>;
  if (status === null) return <Badge tone="bad">✕ {error?.code ?? "no answer"}</Badge>;
  const tone: Tone = statusTone(status);
  return (
    <Badge tone={error ? "bad" : tone}>
      {tone === "good" && !error ? "✓" : "✕"} {status}
    </Badge>
  );
}

/** By the server or a page: the URL. Through a listener: its name, and what it asked. */
function Whither({ forward }: { forward: Forward }) {
  const { to, listener, byBrowser, attempts, edited, resigned } = forward;
  const marks = [edited && "edited", resigned && "signed again"].filter(Boolean);
  const asked = attempts.at(-1)?.url;
  return (
    <span className="flex min-w-0 flex-1 items-baseline gap-1.5">
      {listener === null ? (
        <>
          {byBrowser && <span className="shrink-0 text-xs text-muted">by a browser</span>}
          <WireText text={to} className="truncate" />
        </>
      ) : (
        <>
          <span className="shrink-0 text-xs text-muted">
            via <WireText text={listener} className="text-ink" />
          </span>
          {asked && <WireText text={asked} className="truncate text-muted max-sm:hidden" />}
        </>
      )}
      {marks.length > 0 && <span className="shrink-0 text-xs text-muted">{marks.join(", ")}</span>}
    </span>
  );
}

/** A listener that was cut off before it reported gets the request once more. */
function ComesAgain({ forward: { listener, attempts }, seq }: { forward: Forward; seq: number }) {
  const view = useRelays().find(({ relay }) => relay.name === listener);
  const isOpen = attempts.at(-1)?.error?.code === "interrupted";
  if (!view || !isOpen || view.relay.cursor >= seq) return null;
  return (
    <Notice className="mx-4 my-2">
      It still waits for <WireText text={view.relay.name} /> and is handed over again, with the same
      Hooklens-Forward-Id.
    </Notice>
  );
}

function AttemptHead({ attempt, number }: { attempt: Attempt; number: number }) {
  return (
    <h4 className="flex items-center gap-2 bg-sunken px-4 py-1.5 text-xs text-muted">
      <span className="font-medium text-ink">Attempt {number}</span>
      <AttemptBadge attempt={attempt} />
      <span className="ml-auto">
        {formatMs(attempt.timing.totalMs)} · <RowTime at={attempt.startedAt} />
      </span>
    </h4>
  );
}
