import { clsx } from "clsx";
import type { ReactNode } from "react";

const tones = {
  neutral: "bg-hover text-muted",
  accent: "bg-accent-soft text-accent",
  good: "bg-good-soft text-good",
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
};

export type Tone = keyof typeof tones;

type BadgeProps = { tone?: Tone; className?: string; children: ReactNode };

/** A word with a tint. The word carries the meaning, the colour only repeats it. */
export function Badge({ tone = "neutral", className, children }: BadgeProps) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-2xs font-medium whitespace-nowrap",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
