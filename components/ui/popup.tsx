"use client";

import { clsx } from "clsx";
import {
  type ComponentProps,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
} from "react";
import { usePlaced } from "./use-placed.ts";

type PopupProps = Omit<ComponentProps<"div">, "ref"> & {
  popup: RefObject<HTMLDivElement | null>;
  trigger: RefObject<HTMLElement | null>;
  align?: "start" | "end";
  onClose: () => void;
};

/** Floats at its trigger and takes the focus; drawn only while it is open. */
export function Popup(props: PopupProps) {
  const { popup, trigger, align = "start", onClose, className, ...rest } = props;
  const anchor = useCallback(() => trigger.current, [trigger]);
  usePlaced(popup, { anchor, side: "below", align, gapPx: 4 });
  useLayoutEffect(() => popup.current?.focus(), [popup]);
  useClosing(popup, trigger, onClose);
  return (
    <div
      ref={popup}
      popover="manual"
      tabIndex={-1}
      className={clsx(
        "fixed inset-auto max-w-[calc(100vw-1rem)] overflow-y-auto rounded-md bg-raised font-sans font-normal whitespace-normal text-ink shadow-pop outline-none select-none",
        "opacity-100 transition-opacity duration-100 starting:opacity-0",
        className,
      )}
      {...rest}
    />
  );
}

/** Escape gives the focus back to the trigger. A press elsewhere closes too; one on the trigger is the trigger's own. */
function useClosing(
  popup: RefObject<HTMLElement | null>,
  trigger: RefObject<HTMLElement | null>,
  onClose: () => void,
): void {
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const contains = (part: Element | null, target: EventTarget | null) =>
      target instanceof Node && part?.contains(target);
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (isInPopupWithin(event.target, popup.current)) return;
      event.preventDefault();
      trigger.current?.focus();
      close();
    }
    function onPointerDown({ target }: PointerEvent) {
      if (!contains(popup.current, target) && !contains(trigger.current, target)) close();
    }
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("pointerdown", onPointerDown, { capture: true });
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("pointerdown", onPointerDown, { capture: true });
    };
  }, [popup, trigger]);
}

/** What a popup has opened itself, such as a dialog, takes its own Escape. */
function isInPopupWithin(target: EventTarget | null, popup: Element | null): boolean {
  const around = target instanceof Element ? target.closest("dialog, [popover]") : null;
  return around !== null && around !== popup;
}
