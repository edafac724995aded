"use client";

import { GitCompareArrows } from "lucide-react";
import { use, useState } from "react";
import { useCommands } from "#components/commands/use-commands.ts";
import { findPrevious } from "#components/compare/find-previous.ts";
import { CompareContext } from "#components/inspector/use-comparing.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { MenuItem } from "#components/ui/menu-items.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { messageOf } from "#lib/message-of.ts";

type CompareMenuProps = { api: ApiClient; binId: string; summary: RequestSummary };

/** Compares the request with the one before it of its event, or with any other. */
export function CompareMenu({ api, binId, summary }: CompareMenuProps) {
  const actions = use(CompareContext);
  const [isOpen, setOpen] = useState(false);
  const [words, setWords] = useState("");
  const what = summary.provider?.event ? "of this event" : "to this path";

  async function withPrevious() {
    setWords("");
    try {
      const previous = await findPrevious(api, binId, summary);
      if (previous) actions?.open(previous.id, summary.id);
      else setWords(`No earlier request ${what} is here.`);
    } catch (error) {
      setWords(messageOf(error));
    }
  }

  useCommands([
    {
      id: "compare-previous",
      name: `Compare with the previous one ${what}`,
      group: "Request",
      keys: ["="],
      isOn: actions !== null,
      run: () => void withPrevious(),
    },
    {
      id: "compare-with",
      name: "Compare with another one, chosen in the list",
      group: "Request",
      keys: [],
      isOn: actions !== null,
      run: () => actions?.choose(summary),
    },
  ]);
  if (!actions) return null;
  return (
    <>
      <Menu
        open={isOpen}
        onOpenChange={setOpen}
        align="end"
        trigger={(props) => (
          <Button variant="quiet" size="icon" aria-label="Compare" title="Compare" {...props}>
            <GitCompareArrows size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        )}
      >
        <MenuItem onClick={() => void withPrevious()}>With the previous one {what}</MenuItem>
        <MenuItem onClick={() => actions.choose(summary)}>With another one in the list</MenuItem>
      </Menu>
      <p
        role="status"
        className="absolute top-full right-0 z-10 rounded-sm bg-sunken px-2 py-1 text-xs text-muted empty:hidden"
      >
        {words}
      </p>
    </>
  );
}
