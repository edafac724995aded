"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { formatCount } from "#components/ui/format.ts";
import { Switch } from "#components/ui/switch.tsx";

type ClearDialogProps = {
  /** How many are pinned; at least one. */
  pinned: number;
  onClear: (keepPinned: boolean) => void;
  onClose: () => void;
};

/** Asked only where something is pinned: all else of a clear can be undone for a moment anyway. */
export function ClearDialog({ pinned, onClear, onClose }: ClearDialogProps) {
  const [keepsPinned, setKeepsPinned] = useState(true);
  return (
    <Dialog
      onClose={onClose}
      title="Clear the requests?"
      description={`${formatCount(pinned)} of them ${pinned === 1 ? "is" : "are"} pinned.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            onClick={() => {
              onClose();
              onClear(keepsPinned);
            }}
          >
            {keepsPinned ? "Clear the others" : "Clear all"}
          </Button>
        </>
      }
    >
      <Switch checked={keepsPinned} onChange={setKeepsPinned}>
        Keep pinned
      </Switch>
    </Dialog>
  );
}
