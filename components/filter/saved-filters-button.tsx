"use client";

import { Bookmark } from "lucide-react";
import { useState } from "react";
import type { Command } from "#components/commands/command.ts";
import { useCommands } from "#components/commands/use-commands.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { later } from "#components/ui/later.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { useSavedFilters } from "./use-saved-filters.ts";

const SavedFiltersPanel = later(
  () => import("./saved-filters-panel.tsx").then((module) => module.SavedFiltersPanel),
  <p className="p-4 text-xs text-faint">Loading</p>,
);

type SavedFiltersButtonProps = {
  bin: Bin;
  api: ApiClient;
  query: string;
  /** Whether the query can be read. */
  isReadable: boolean;
  onQuery: (query: string) => void;
};

/** The filters that the bin keeps under names: to use one, to save the present one; each is a command too. */
export function SavedFiltersButton(props: SavedFiltersButtonProps) {
  const { bin, api, query, isReadable, onQuery } = props;
  const saved = useSavedFilters(bin, api);
  const [isOpen, setOpen] = useState(false);
  const present = query.trim();
  const current = saved.filters.find(({ q }) => q === present);
  const commands: Command[] = saved.filters.map(({ id, name, q }) => ({
    id: `filter-${id}`,
    name: `Filter: ${name}`,
    group: "List",
    keys: [],
    run: () => onQuery(q),
  }));
  useCommands([
    {
      id: "filters",
      name: "Saved filters, and to save this one",
      group: "List",
      keys: ["v"],
      run: () => setOpen(true),
    },
    ...commands,
  ]);
  return (
    <Popover
      label="Saved filters"
      open={isOpen}
      onOpenChange={setOpen}
      align="end"
      className="w-[22rem] rounded-lg text-base"
      trigger={(trigger) => (
        <IconButton
          icon={Bookmark}
          label={current ? `Saved filters: ${current.name}` : "Saved filters"}
          className={current ? "size-7 bg-accent-soft text-accent" : "size-7"}
          {...trigger}
        />
      )}
    >
      <SavedFiltersPanel
        saved={saved}
        query={isReadable ? present : ""}
        current={current ?? null}
        onUse={(q) => {
          setOpen(false);
          onQuery(q);
        }}
      />
    </Popover>
  );
}
