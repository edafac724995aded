import { clsx } from "clsx";
import { monogramOf, toneOf } from "./monogram.ts";

type ProviderMarkProps = { provider: { id: string; name: string }; className?: string };

/** Two letters in the provider's tone: to be told apart at a glance, beside the name that says it. */
export function ProviderMark({ provider, className }: ProviderMarkProps) {
  return (
    <span
      aria-hidden
      style={{ "--tone": toneOf(provider.id) } as React.CSSProperties}
      className={clsx(
        "provider-tone inline-flex h-4 w-5 shrink-0 items-center justify-center rounded-sm text-[0.625rem] leading-none font-semibold select-none",
        className,
      )}
    >
      {monogramOf(provider.name)}
    </span>
  );
}
