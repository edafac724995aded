"use client";

import { formatAgo, formatExact, formatRelative } from "./format.ts";
import { Tooltip } from "./tooltip.tsx";
import { useNow } from "./use-now.ts";

type TimeProps = {
  at: string;
  /** As a phrase: `2 s ago`. */
  ago?: boolean;
  className?: string;
};

/** A moment, relative to now; the exact one on hover and on focus. */
export function Time({ at, ago = false, className }: TimeProps) {
  const relative = (ago ? formatAgo : formatRelative)(Date.parse(at), useNow());
  return (
    <Tooltip content={<span className="tabular-nums">{formatExact(at)}</span>}>
      {/* The exact time must be reachable by keyboard */}
      <time
        dateTime={at}
        tabIndex={0}
        aria-label={`${relative}, ${formatExact(at)}`}
        className={className}
      >
        {relative}
      </time>
    </Tooltip>
  );
}

/** The same without a stop for the Tab key, for rows that show the exact one elsewhere. */
export function RowTime({ at, ago = false, className }: TimeProps) {
  const relative = (ago ? formatAgo : formatRelative)(Date.parse(at), useNow());
  return (
    <time dateTime={at} title={formatExact(at)} className={className}>
      {relative}
    </time>
  );
}
