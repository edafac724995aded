"use client";

import { Modal } from "#components/ui/dialog.tsx";
import { FoundOption } from "#components/ui/found-option.tsx";
import { useFinder } from "#components/ui/use-finder.ts";
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
  const { found, current, field } = useFinder(
    (text) =>
      matchCommands(
        list().filter(({ id }) => id !== "palette"),
        text,
      ),
    onChoose,
  );

  return (
    <>
      <input
        {...field}
        aria-label="Find a command"
        aria-controls="palette-list"
        aria-activedescendant={current && optionId(current)}
        placeholder="Find a command"
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
    <FoundOption
      id={optionId(command)}
      isCurrent={isCurrent}
      onClick={() => onChoose(command)}
      className="min-h-9 gap-3 px-3"
    >
      <span className="min-w-0 flex-1 truncate">{command.name}</span>
      <span className="text-xs text-faint">{command.group}</span>
      <Keys keys={command.keys} />
    </FoundOption>
  );
}
