import { type KeyboardEvent, useEffect, useRef, useState } from "react";

/**
 * A field above a list: its text finds what the list shows, and it keeps the focus and takes the list's keys. `field` are
 * the props of its input.
 */
export function useFinder<Item>(
  find: (text: string) => readonly Item[],
  onChoose: (item: Item) => void,
) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const ref = useRef<HTMLInputElement>(null);
  // Not `autoFocus`: that comes before the dialog is shown, and what is not shown takes no focus.
  useEffect(() => ref.current?.focus(), []);
  const found = find(text);
  const current = found[Math.min(at, found.length - 1)];

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter" && current) onChoose(current);
    else return;
    event.preventDefault();
  }

  function onChange({ target }: { target: { value: string } }) {
    setText(target.value);
    setAt(0);
  }

  return {
    found,
    current,
    setText,
    field: {
      ref,
      role: "combobox",
      "aria-expanded": true,
      value: text,
      autoComplete: "off",
      spellCheck: false,
      onChange,
      onKeyDown,
    },
  };
}
