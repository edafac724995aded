"use client";

import { Dialog } from "#components/ui/dialog.tsx";
import type { Command, CommandGroup } from "./command.ts";
import { Keys } from "./keys.tsx";

type HelpDialogProps = { list: () => Command[]; onClose: () => void };

const groups: readonly CommandGroup[] = ["List", "Request", "Bin", "Page"];

/** Every key there is. */
export function HelpDialog({ list, onClose }: HelpDialogProps) {
  return (
    <Dialog onClose={onClose} title="Keys" size="wide">
      <Table list={list} />
    </Dialog>
  );
}

function Table({ list }: Pick<HelpDialogProps, "list">) {
  const commands = list().filter(({ keys }) => keys.length > 0);
  return (
    <div className="gap-x-8 sm:columns-2">
      {groups.map((group) => {
        const inGroup = commands.filter((command) => command.group === group);
        if (inGroup.length === 0) return null;
        return (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-faint">{group}</h3>
            <ul>
              {inGroup.map((command) => (
                <li key={command.id} className="flex min-h-7 items-center gap-3">
                  <span className="min-w-0 flex-1">{command.name}</span>
                  <Keys keys={command.keys} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
