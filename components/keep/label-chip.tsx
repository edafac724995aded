import { clsx } from "clsx";
import type { CSSProperties } from "react";
import { labelHue } from "./label-hue.ts";

/** A label in its colour. Its text may run either way, and runs on into nothing beside it. */
export function LabelChip({ label, className }: { label: string; className?: string }) {
  return (
    <span
      style={{ "--tone": labelHue(label) } as CSSProperties}
      className={clsx(
        "provider-tone inline-block max-w-full min-w-0 truncate rounded-sm px-1 align-bottom text-2xs font-medium",
        className,
      )}
      title={label}
    >
      <bdi>{label}</bdi>
    </span>
  );
}
