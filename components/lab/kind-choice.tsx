"use client";

import { clsx } from "clsx";
import { useId } from "react";
import type { ExperimentKind } from "#lib/contract/experiment-limits.ts";
import { kindWords } from "./words.ts";

type KindChoiceProps = { value: ExperimentKind; onChange: (kind: ExperimentKind) => void };

/** What is tried. */
export function KindChoice({ value, onChange }: KindChoiceProps) {
  const group = useId();
  return (
    <fieldset className="flex flex-wrap gap-1 self-start rounded-md bg-sunken p-0.5">
      <legend className="sr-only">What to try</legend>
      {(Object.keys(kindWords) as ExperimentKind[]).map((kind) => (
        <label
          key={kind}
          className={clsx(
            "touch-target relative flex h-7 cursor-pointer items-center rounded-sm px-2.5 text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent",
            kind === value
              ? "bg-raised font-medium text-ink shadow-[0_0_0_1px_var(--color-line)]"
              : "text-muted hover:text-ink",
          )}
        >
          <input
            type="radio"
            name={group}
            checked={kind === value}
            onChange={() => onChange(kind)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {kindWords[kind].name}
        </label>
      ))}
    </fieldset>
  );
}
