"use client";

import { CircleHelp } from "lucide-react";
import { useState } from "react";
import { Popover } from "#components/ui/popover.tsx";
import { explainHeader } from "./header-words.ts";

/** What a known header says, on demand; nothing for one that is not known. */
export function HeaderHelp({ name }: { name: string }) {
  const [isOpen, setOpen] = useState(false);
  const words = explainHeader(name);
  if (words === null) return null;
  const label = `What ${name} says`;
  return (
    <Popover
      label={label}
      open={isOpen}
      onOpenChange={setOpen}
      className="max-w-[min(24rem,calc(100vw-1rem))] px-3 py-2 text-xs"
      trigger={(props) => (
        <button
          type="button"
          aria-label={label}
          className="relative ml-1 inline-flex size-4 cursor-pointer items-center justify-center rounded-full align-[-3px] text-faint select-none hover:text-accent aria-expanded:text-accent pointer-coarse:after:absolute pointer-coarse:after:-inset-3.5"
          {...props}
        >
          <CircleHelp size={12} aria-hidden />
        </button>
      )}
    >
      {words}
    </Popover>
  );
}
