"use client";

import { clsx } from "clsx";
import { moveByArrows } from "./move-by-arrows.ts";

type ChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly { value: Value; label: string }[];
};

/** One of a few, side by side; the chosen one is pressed. */
export function Choice<Value extends string>({
  label,
  value,
  onChange,
  choices,
}: ChoiceProps<Value>) {
  return (
    <div role="group" aria-label={label} className="flex rounded-md bg-sunken p-0.5">
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
          onKeyDown={moveByArrows}
          className={clsx(
            "touch-target h-6 cursor-pointer rounded-sm px-2.5 text-xs hover:text-ink",
            choice.value === value
              ? "bg-raised font-medium text-ink shadow-[0_0_0_1px_var(--color-line)]"
              : "text-muted",
          )}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
