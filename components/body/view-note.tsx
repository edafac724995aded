import { Info } from "lucide-react";
import type { ReactNode } from "react";

/** What a person should know of how these bytes are shown. */
export function ViewNote({ children }: { children: ReactNode }) {
  return (
    <p className="flex shrink-0 items-start gap-1.5 border-b border-line bg-sunken px-3 py-1.5 text-xs text-muted">
      <Info size={13} aria-hidden className="mt-0.5 shrink-0" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
