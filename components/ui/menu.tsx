"use client";

import { type ReactNode, type RefObject, useId, useRef } from "react";
import { MenuContext } from "./menu-items.tsx";
import { Popup } from "./popup.tsx";
import { useMenuFocus } from "./use-menu-focus.ts";

/** For the button that opens the menu. */
type MenuTriggerProps = {
  ref: RefObject<HTMLButtonElement | null>;
  id: string;
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
  onClick: () => void;
};

type MenuProps = {
  trigger: (props: MenuTriggerProps) => ReactNode;
  align?: "start" | "end";
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Items; drawn only while the menu is open. */
  children: ReactNode;
};

/** A dropdown of actions. The focus goes to the first one, and back to the trigger at the end. */
export function Menu({ trigger, align = "start", open, onOpenChange, children }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const close = () => onOpenChange(false);
  return (
    <>
      {trigger({
        ref: button,
        id,
        "aria-haspopup": "menu",
        "aria-expanded": open,
        onClick: () => onOpenChange(!open),
      })}
      {open && (
        <OpenMenu labelledBy={id} trigger={button} align={align} onClose={close}>
          {children}
        </OpenMenu>
      )}
    </>
  );
}

type OpenMenuProps = {
  /** The trigger's id, or a name where it has none of its own. */
  labelledBy?: string;
  label?: string;
  trigger: RefObject<HTMLElement | null>;
  align: "start" | "end";
  onClose: () => void;
  children: ReactNode;
};

/** The menu itself, for who has a trigger of another kind. */
export function OpenMenu({ labelledBy, label, trigger, align, onClose, children }: OpenMenuProps) {
  const popup = useRef<HTMLDivElement>(null);
  const focusHandlers = useMenuFocus(popup, finish);

  function finish() {
    trigger.current?.focus();
    onClose();
  }

  return (
    <Popup
      role="menu"
      aria-labelledby={labelledBy}
      aria-label={label}
      popup={popup}
      trigger={trigger}
      align={align}
      onClose={onClose}
      className="min-w-48 p-1"
      {...focusHandlers}
    >
      <MenuContext value={finish}>{children}</MenuContext>
    </Popup>
  );
}
