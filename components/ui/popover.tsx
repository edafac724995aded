"use client";

import { clsx } from "clsx";
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/** For the button that opens the popover. */
export type PopoverTriggerProps = {
  ref: RefObject<HTMLButtonElement | null>;
  "aria-haspopup": "dialog";
  "aria-expanded": boolean;
  onClick: () => void;
};

type PopoverProps = {
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: (props: PopoverTriggerProps) => ReactNode;
  className?: string;
  children: ReactNode;
};

/** Floats below its trigger, on a phone over the page's width, and takes the focus. Escape or a press elsewhere closes it. */
export function Popover(props: PopoverProps) {
  const { label, open, onOpenChange, trigger, className, children } = props;
  const button = useRef<HTMLButtonElement>(null);
  return (
    <div className="relative flex min-w-0">
      {trigger({
        ref: button,
        "aria-haspopup": "dialog",
        "aria-expanded": open,
        onClick: () => onOpenChange(!open),
      })}
      {open && (
        <OpenPopover
          label={label}
          trigger={button}
          onClose={() => onOpenChange(false)}
          className={className}
        >
          {children}
        </OpenPopover>
      )}
    </div>
  );
}

type OpenPopoverProps = {
  label: string;
  trigger: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  className: string | undefined;
  children: ReactNode;
};

function OpenPopover({ label, trigger, onClose, className, children }: OpenPopoverProps) {
  const popup = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => popup.current?.focus(), []);
  useEffect(() => {
    function onPointerDown({ target }: PointerEvent) {
      if (!(target instanceof Node)) return;
      if (popup.current?.contains(target) || trigger.current?.contains(target)) return;
      close.current();
    }
    function onKeyDown({ key }: KeyboardEvent) {
      if (key !== "Escape") return;
      trigger.current?.focus();
      close.current();
    }
    document.addEventListener("pointerdown", onPointerDown);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [trigger]);
  return (
    <div
      ref={popup}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      className={clsx(
        "absolute top-full right-0 z-40 mt-1.5 max-h-[calc(100dvh-5rem)] overflow-y-auto rounded-lg bg-raised text-base font-normal text-ink shadow-pop outline-none",
        "max-md:fixed max-md:inset-x-2 max-md:top-13 max-md:mt-0",
        className,
      )}
    >
      {children}
    </div>
  );
}
