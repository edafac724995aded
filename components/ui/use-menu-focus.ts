"use client";

import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
} from "react";
import { findInMenu, stepInMenu, typeOn } from "./menu-keys.ts";

const ITEM = "[role^=menuitem]";

/**
 * The focus within an open menu: on its first item at once, then where arrows, letters and the mouse lead. `onTab` must
 * put it outside, from where Tab then goes on.
 */
export function useMenuFocus(menu: RefObject<HTMLElement | null>, onTab: () => void) {
  const typed = useRef({ text: "", atMs: 0 });
  useLayoutEffect(() => itemsOf(menu.current)[0]?.focus(), [menu]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Tab") return onTab();
    const items = itemsOf(menu.current);
    const at = items.findIndex((item) => item === document.activeElement);
    if (event.key === " " && items[at] instanceof HTMLAnchorElement) items[at].click();
    else {
      const next = items[nextIndex(event, items, at) ?? -1];
      if (!next) return;
      next.focus();
    }
    event.preventDefault();
  }

  function nextIndex(
    { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
    items: HTMLElement[],
    at: number,
  ) {
    if (ctrlKey || metaKey || altKey) return null;
    if (key.length > 1) return stepInMenu(key, at, items.length);
    if (key === " ") return null;
    typed.current = typeOn(typed.current, key, performance.now());
    const labels = items.map((item) => item.textContent ?? "");
    return findInMenu(labels, at, typed.current.text);
  }

  function onPointerMove({ target, pointerType }: PointerEvent) {
    if (pointerType !== "mouse" || !(target instanceof Element)) return;
    target.closest<HTMLElement>(ITEM)?.focus({ preventScroll: true });
  }

  return { onKeyDown, onPointerMove };
}

const itemsOf = (menu: HTMLElement | null) => [
  ...(menu?.querySelectorAll<HTMLElement>(ITEM) ?? []),
];
