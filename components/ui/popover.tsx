"use client";

import { type ReactNode, type RefObject, useRef } from "react";
import { Popup } from "./popup.tsx";

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
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
};

/** Something to read or to do beside its trigger, while the page goes on. */
export function Popover(props: PopoverProps) {
  const { label, open, onOpenChange, trigger, children, ...rest } = props;
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  return (
    <>
      {trigger({
        ref: button,
        "aria-haspopup": "dialog",
        "aria-expanded": open,
        onClick: () => onOpenChange(!open),
      })}
      {open && (
        <Popup
          role="dialog"
          aria-label={label}
          popup={popup}
          trigger={button}
          onClose={() => onOpenChange(false)}
          {...rest}
        >
          {children}
        </Popup>
      )}
    </>
  );
}
