import type { ReactNode } from "react";

type SwitchProps = { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode };

/** Something to be on or off, with its words beside it. */
export function Switch({ checked, onChange, children }: SwitchProps) {
  return (
    <label className="touch-target flex w-fit cursor-pointer items-center gap-2">
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="h-4.5 w-8 shrink-0 cursor-pointer appearance-none rounded-full bg-line-strong p-0.5 transition-colors before:block before:size-3.5 before:rounded-full before:bg-surface before:transition-transform checked:bg-accent checked:before:translate-x-3.5"
      />
      {children}
    </label>
  );
}
