"use client";

import { Pin, PinOff, StickyNote, Tag } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { MenuItem } from "#components/ui/menu-items.tsx";
import type { RequestSummary } from "#lib/contract/requests.ts";

/** What can be done to keep a request; the page does it. */
export type KeepActions = { pin: () => void; label: () => void };

type KeepMenuProps = { summary: RequestSummary; keep: KeepActions; onNote: () => void };

export function KeepMenu({ summary, keep, onNote }: KeepMenuProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Menu
      open={isOpen}
      onOpenChange={setOpen}
      align="end"
      trigger={(props) => (
        <Button
          variant="quiet"
          size="icon"
          aria-label="Pin, label, note"
          title="Pin, label, note"
          {...props}
        >
          <Pin
            size={16}
            strokeWidth={1.75}
            aria-hidden
            {...(summary.pinned && { fill: "currentColor", className: "text-accent" })}
          />
        </Button>
      )}
    >
      <MenuItem icon={summary.pinned ? PinOff : Pin} onClick={keep.pin}>
        {summary.pinned ? "Unpin" : "Pin: keep it when others go"}
      </MenuItem>
      <MenuItem icon={Tag} onClick={keep.label}>
        Labels …
      </MenuItem>
      <MenuItem icon={StickyNote} onClick={onNote}>
        {summary.noteLine ? "Change the note" : "Write a note"}
      </MenuItem>
    </Menu>
  );
}
