"use client";

import {
  type PointerEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from "react";
import { usePlaced } from "./use-placed.ts";

const HOVER_MS = 300;
/** For the pointer's way from the trigger to the tooltip. */
const LEAVE_MS = 120;

type TooltipProps = { content: ReactNode; children: ReactNode };

/**
 * Shown on hover and on keyboard focus. The trigger, its one child, needs a name of its own: a tooltip is for the eye
 * alone. Escape puts it away, and goes on to whatever else it means.
 */
export function Tooltip({ content, children }: TooltipProps) {
  const root = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isOpen, setOpen] = useState(false);
  const anchor = useCallback(() => root.current?.firstElementChild ?? null, []);
  useEffect(() => () => clearTimeout(timer.current), []);

  function show(isShown: boolean, afterMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(isShown), afterMs);
  }
  function hide() {
    clearTimeout(timer.current);
    setOpen(false);
  }
  const ifMouse = (isShown: boolean, afterMs: number) => (event: PointerEvent) => {
    if (event.pointerType === "mouse") show(isShown, afterMs);
  };

  return (
    <span
      ref={root}
      role="presentation"
      className="contents"
      onPointerEnter={ifMouse(true, HOVER_MS)}
      onPointerLeave={ifMouse(false, LEAVE_MS)}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(":focus-visible") && setOpen(true)}
      onBlur={hide}
    >
      {children}
      {isOpen && (
        <Bubble anchor={anchor} onEscape={hide}>
          {content}
        </Bubble>
      )}
    </span>
  );
}

type BubbleProps = { anchor: () => Element | null; onEscape: () => void; children: ReactNode };

function Bubble({ anchor, onEscape, children }: BubbleProps) {
  const bubble = useRef<HTMLSpanElement>(null);
  usePlaced(bubble, { anchor, side: "above", align: "center", gapPx: 6 });
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => event.key === "Escape" && onEscape());
  useEffect(() => {
    const listen = (event: KeyboardEvent) => void onKeyDown(event);
    document.addEventListener("keydown", listen, { capture: true });
    return () => document.removeEventListener("keydown", listen, { capture: true });
  }, []);
  return (
    <span
      ref={bubble}
      popover="manual"
      aria-hidden
      className="fixed inset-auto max-w-80 overflow-hidden rounded-sm bg-ink px-2 py-1 font-sans text-xs font-normal whitespace-normal text-canvas opacity-100 transition-opacity duration-100 starting:opacity-0"
    >
      {children}
    </span>
  );
}
