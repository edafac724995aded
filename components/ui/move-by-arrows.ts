import type { KeyboardEvent } from "react";

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/** For each of the buttons in a row: the arrows, Home and End move the focus along it, round its ends. */
export function moveByArrows(event: KeyboardEvent<HTMLButtonElement>): void {
  const buttons = [...(event.currentTarget.parentElement?.querySelectorAll("button") ?? [])];
  const at = buttons.indexOf(event.currentTarget);
  const step = STEPS[event.key];
  const next =
    step !== undefined
      ? buttons.at((at + step) % buttons.length)
      : { Home: buttons[0], End: buttons.at(-1) }[event.key];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}
