"use client";

import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";

const SHOWN_MS = 6_000;

type UndoToastProps = {
  /** What was done. */
  words: string;
  onUndo: () => void;
  /** The time is over, or, `byHand`, the person put it away: the focus then needs a new place. Must be stable. */
  onSettled: (byHand: boolean) => void;
};

/** Something was done and can be taken back for six seconds, and for as long as the pointer or the focus is on it. */
export function UndoToast({ words, onUndo, onSettled }: UndoToastProps) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => onSettled(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isHeld, onSettled]);
  return (
    <section aria-label="Undo">
      <div
        role="presentation"
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
        className="fixed bottom-14 left-1/2 z-30 flex w-max max-w-[calc(100vw-2rem)] -translate-x-1/2 items-center gap-1 rounded-md bg-raised py-1 pr-1 pl-4 shadow-pop max-md:bottom-18"
      >
        <span role="status">{words}</span>
        <Button variant="accent" className="ml-2" onClick={onUndo}>
          Undo
        </Button>
        <IconButton icon={X} label="Do it now" onClick={() => onSettled(true)} />
      </div>
    </section>
  );
}
