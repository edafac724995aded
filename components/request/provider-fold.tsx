"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { ProviderMark } from "#components/provider/provider-mark.tsx";
import type { RecognisedProvider } from "#lib/contract/requests.ts";
import { WireText } from "./wire-text.tsx";

type ProviderFoldProps = {
  provider: RecognisedProvider;
  /** Seen beside the sender, folded or not. */
  badges: ReactNode;
  /** What stands beneath the line while it is unfolded. */
  children: ReactNode;
};

/** The sender where room is short: one line, and the rest of it by a tap, so that the body is seen at once. */
export function ProviderFold({ provider, badges, children }: ProviderFoldProps) {
  const [isOpen, setOpen] = useState(false);
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <div className="flex items-center gap-2.5 pr-3">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex h-11 min-w-0 flex-1 cursor-pointer items-center gap-2 rounded-md pl-3 text-left focus-visible:-outline-offset-2"
        >
          <Icon size={14} aria-hidden className="-ml-0.5 shrink-0 text-faint" />
          <ProviderMark provider={provider} />
          <span className="min-w-10 truncate font-medium">{provider.name}</span>
          {provider.event !== null && (
            <WireText text={provider.event} className="min-w-0 shrink-3 truncate" />
          )}
        </button>
        {badges}
      </div>
      {isOpen && <div className="flex flex-col gap-1.5 px-3 pb-1">{children}</div>}
    </>
  );
}
