"use client";

import { Popover } from "@base-ui/react/popover";
import { CircleHelp } from "lucide-react";
import { explainHeader } from "./header-words.ts";

/** What a known header says, on demand; nothing for one that is not known. */
export function HeaderHelp({ name }: { name: string }) {
  const words = explainHeader(name);
  if (words === null) return null;
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={`What ${name} says`}
        className="relative ml-1 inline-flex size-4 cursor-pointer items-center justify-center rounded-full align-[-3px] text-faint select-none hover:text-accent data-popup-open:text-accent pointer-coarse:after:absolute pointer-coarse:after:-inset-3.5"
      >
        <CircleHelp size={12} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" collisionPadding={8} className="z-50">
          <Popover.Popup
            aria-label={`What ${name} says`}
            className="max-w-[min(24rem,calc(100vw-1rem))] rounded-md bg-raised px-3 py-2 text-xs shadow-pop outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <Popover.Description>{words}</Popover.Description>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
