"use client";

import { clsx } from "clsx";
import { ChevronsUp, CircleDashed, RotateCw, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { formatExact, formatRelative } from "#components/ui/format.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { useOnline } from "#components/ui/use-online.ts";
import type { LinkFacts } from "./link.ts";
import { type Link, readLink } from "./link.ts";

const mark = { size: 14, strokeWidth: 2, "aria-hidden": true } as const;

type Look = { word: string; more?: string; tone: string; shape: ReactNode };

const looks: Record<Link["kind"], Look> = {
  live: {
    word: "Live",
    tone: "text-good",
    shape: (
      <span
        aria-hidden
        className="mx-0.5 size-2 rounded-full bg-current forced-color-adjust-none"
      />
    ),
  },
  connecting: { word: "Connecting", tone: "text-muted", shape: <CircleDashed {...mark} /> },
  behind: {
    word: "Behind",
    more: ", reloading",
    tone: "text-warn",
    shape: <ChevronsUp {...mark} />,
  },
  reconnecting: { word: "Reconnecting", tone: "text-warn", shape: <RotateCw {...mark} /> },
  offline: { word: "Offline", tone: "text-bad", shape: <Unplug {...mark} /> },
};

/** Whether this page sees what arrives, in a shape and a word. */
export function LinkBadge({ facts }: { facts: LinkFacts }) {
  const now = useNow();
  const link = readLink(facts, useOnline(), now);
  const { word, more, tone, shape } = looks[link.kind];
  return (
    <>
      <Tooltip content={explain(link, facts)}>
        <button
          type="button"
          className={clsx(
            "touch-target flex h-8 shrink-0 cursor-default items-center gap-1.5 rounded-md px-1.5 text-xs font-medium",
            tone,
          )}
        >
          {shape}
          <span>
            {word}
            <span className="max-md:sr-only">{more}</span>
          </span>
          {"since" in link && <span className="text-faint">{formatRelative(link.since, now)}</span>}
        </button>
      </Tooltip>
      <span role="status" className="sr-only">
        {word}
        {more}
      </span>
    </>
  );
}

function explain(link: Link, facts: LinkFacts): string {
  const heard = formatExact(new Date(facts.heardAt).toISOString()).slice(11, 19);
  switch (link.kind) {
    case "live":
      return `Requests appear as they arrive. The server was heard at ${heard}.`;
    case "connecting":
      return "Opening the live connection.";
    case "behind":
      return "More arrived than this connection could carry. The list is being read again.";
    case "reconnecting":
      return `The server was last heard at ${heard}. What arrives meanwhile is kept and shown once it answers.`;
    case "offline":
      return `This machine is offline since ${heard}. What arrives meanwhile is kept.`;
  }
}
