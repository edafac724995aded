import { clsx } from "clsx";
import { plainName } from "#components/ui/plain-name.ts";
import type { Step } from "#lib/decode/decode.ts";
import { stepsName } from "./step-words.ts";

type DecodePillProps = {
  steps: readonly Step[];
  /** Of the field or header that holds the value. */
  name: string;
  isOpen: boolean;
  onToggle: () => void;
};

/** Says what a value can be decoded as, and does it. */
export function DecodePill({ steps, name, isOpen, onToggle }: DecodePillProps) {
  const label = stepsName(steps);
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-label={`${plainName(name) || "This value"} decoded: ${label}`}
      onClick={onToggle}
      className={clsx(
        "touch-around mx-1 cursor-pointer rounded-sm px-1.5 font-sans text-2xs whitespace-nowrap text-accent select-none hover:underline",
        isOpen ? "bg-accent-soft outline-1 outline-accent" : "bg-accent-soft",
      )}
    >
      {label}
    </button>
  );
}
