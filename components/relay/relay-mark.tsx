import { clsx } from "clsx";
import { Circle, CircleDashed, TriangleAlert } from "lucide-react";
import type { RelayKind } from "./relays.ts";

const tones: Record<RelayKind, string> = {
  connected: "text-good",
  silent: "text-warn",
  away: "text-muted",
  unknown: "text-muted",
};

const shapes = { silent: TriangleAlert, away: Circle, unknown: CircleDashed };

type RelayMarkProps = { kind: RelayKind; className?: string };

/** A shape for each way that a listener can stand; the words are beside it. */
export function RelayMark({ kind, className }: RelayMarkProps) {
  if (kind === "connected") {
    return (
      <span
        aria-hidden
        className={clsx(
          "mx-0.5 size-2 shrink-0 rounded-full bg-current forced-color-adjust-none",
          tones[kind],
          className,
        )}
      />
    );
  }
  const Shape = shapes[kind];
  return (
    <Shape
      size={12}
      strokeWidth={2.25}
      aria-hidden
      className={clsx("shrink-0", tones[kind], className)}
    />
  );
}
