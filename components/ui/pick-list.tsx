"use client";

import { clsx } from "clsx";
import { type ReactNode, useId } from "react";
import { FoundOption } from "./found-option.tsx";
import { useFinder } from "./use-finder.ts";

export type PickItem = {
  key: string;
  /** Found by this. */
  name: string;
  /** Beside the name, quieter; found by this too. */
  detail?: string;
  mark?: ReactNode;
  /** In place of the name. */
  shown?: ReactNode;
  /** In a list of which several are picked. */
  checked?: boolean | "mixed";
  /** It says why it can't be picked. */
  disabled?: boolean;
  /** At the row's end. */
  side?: string;
};

type PickListProps<Item extends PickItem> = {
  items: readonly Item[];
  /** Of the field, such as "Find a provider"; of the list. */
  label: string;
  listLabel: string;
  /** When nothing is found. */
  nothing: string;
  /** What the text itself would be, when it is none of the items. */
  create?: (text: string) => Item | null;
  onPick: (item: Item) => void;
};

/** A long list of which one is picked, found by typing; the field keeps the focus and takes the keys. */
export function PickList<Item extends PickItem>(props: PickListProps<Item>) {
  const { items, label, listLabel, nothing, create } = props;
  const id = useId();
  const { found, current, setText, field } = useFinder((text) => {
    const created = create?.(text);
    return [...findItems(items, text), ...(created ? [created] : [])];
  }, pick);

  function pick(item: Item) {
    if (item.disabled) return;
    props.onPick(item);
    if (!items.includes(item)) setText("");
  }

  return (
    <div className="flex flex-col">
      <input
        {...field}
        aria-label={label}
        aria-controls={`${id}list`}
        aria-activedescendant={current && `${id}${current.key}`}
        placeholder={label}
        className="touch-target h-11 shrink-0 border-b border-line bg-transparent px-5 placeholder:text-faint focus-visible:outline-none"
      />
      <div
        id={`${id}list`}
        role="listbox"
        aria-label={listLabel}
        className="h-72 max-h-[45vh] overflow-y-auto p-1"
      >
        {found.map((item) => (
          <Option
            key={item.key}
            id={`${id}${item.key}`}
            item={item}
            isCurrent={item === current}
            onPick={() => pick(item)}
          />
        ))}
      </div>
      {found.length === 0 && (
        <p role="status" className="px-5 pb-4 text-muted">
          {nothing}
        </p>
      )}
    </div>
  );
}

type OptionProps = { id: string; item: PickItem; isCurrent: boolean; onPick: () => void };

function Option({ id, item, isCurrent, onPick }: OptionProps) {
  return (
    <FoundOption
      id={id}
      isCurrent={isCurrent}
      aria-checked={item.checked}
      aria-disabled={item.disabled}
      onClick={onPick}
      className={clsx("min-h-8 gap-2.5 px-4", item.disabled && "text-bad")}
    >
      <span className="flex w-5 shrink-0">{item.mark}</span>
      <span className="min-w-0 flex-1 truncate">
        {item.shown ?? item.name}
        {item.detail && <span className="ml-2 text-xs text-muted">{item.detail}</span>}
      </span>
      {item.side && <span className="shrink-0 text-xs text-muted">{item.side}</span>}
    </FoundOption>
  );
}

/** Those with all the words; whose name begins so, first. */
function findItems<Item extends PickItem>(items: readonly Item[], text: string): Item[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = items.filter(({ name, detail = "" }) => {
    const all = `${name} ${detail}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  const begins = ({ name }: Item) => name.toLowerCase().startsWith(words[0] ?? "");
  return [...found.filter(begins), ...found.filter((item) => !begins(item))];
}
