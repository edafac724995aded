"use client";

import { clsx } from "clsx";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Modal } from "#components/ui/dialog.tsx";
import { type Command, matchCommands } from "./command.ts";
import { Keys } from "./keys.tsx";

type PaletteProps = {
  list: () => Command[];
  onChoose: (command: Command) => void;
  onClose: () => void;
};

/** All that can be done here, found by typing. */
export function Palette({ list, onChoose, onClose }: PaletteProps) {
  return (
    <Modal
      aria-label="Commands"
      onClose={onClose}
      className="top-[12vh] mt-0 max-h-[70vh] w-[34rem] overflow-hidden"
    >
      <div className="flex max-h-[70vh] flex-col">
        <Search list={list} onChoose={onChoose} />
      </div>
    </Modal>
  );
}

type SearchProps = Pick<PaletteProps, "list" | "onChoose">;

function Search({ list, onChoose }: SearchProps) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  // Not `autoFocus`: that comes before the dialog is shown, and what is not shown takes no focus.
  useEffect(() => field.current?.focus(), []);
  const found = matchCommands(
    list().filter(({ id }) => id !== "palette"),
    text,
  );
  const current = found[Math.min(at, found.length - 1)];

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter" && current) onChoose(current);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <input
        ref={field}
        role="combobox"
        aria-label="Find a command"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={current && optionId(current)}
        value={text}
        placeholder="Find a command"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="touch-target h-11 shrink-0 border-b border-line bg-transparent px-4 text-md placeholder:text-faint focus-visible:outline-none"
      />
      <div id="palette-list" role="listbox" aria-label="Commands" className="overflow-y-auto p-1">
        {found.map((command) => (
          <Option
            key={command.id}
            command={command}
            isCurrent={command === current}
            onChoose={onChoose}
          />
        ))}
      </div>
      {found.length === 0 && (
        <p role="status" className="px-4 pb-4 text-muted">
          No command is named so.
        </p>
      )}
    </>
  );
}

const optionId = (command: Command) => `command-${command.id}`;

type OptionProps = {
  command: Command;
  isCurrent: boolean;
  onChoose: (command: Command) => void;
};

function Option({ command, isCurrent, onChoose }: OptionProps) {
  return (
    // The field above holds the focus and takes the keys
    <div
      id={optionId(command)}
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      ref={(element) => {
        if (isCurrent) element?.scrollIntoView({ block: "nearest" });
      }}
      onClick={() => onChoose(command)}
      className={clsx(
        "touch-target flex min-h-9 cursor-pointer items-center gap-3 rounded-sm px-3",
        isCurrent ? "bg-hover" : "hover:bg-hover",
      )}
    >
      <span className="min-w-0 flex-1 truncate">{command.name}</span>
      <span className="text-xs text-faint">{command.group}</span>
      <Keys keys={command.keys} />
    </div>
  );
}
