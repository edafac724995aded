"use client";

import { ChevronDown, Terminal } from "lucide-react";
import { useState } from "react";
import { useCommands } from "#components/commands/use-commands.ts";
import { Button } from "#components/ui/button.tsx";
import { later } from "#components/ui/later.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { MenuItem } from "#components/ui/menu-items.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { COPY_KINDS, type CopyKind } from "#lib/copy-as/kinds.ts";
import { copyNotes, copyTitle } from "./copy-words.ts";
import { type CopyResult, useCopyAs } from "./use-copy-as.ts";
import { usePaneKeys } from "./use-pane-keys.ts";

const CopyAsCard = later(() => import("./copy-as-card.tsx").then((module) => module.CopyAsCard));

type CopyAsMenuProps = { api: ApiClient; request: CapturedRequest | null };

const kinds = Object.keys(COPY_KINDS) as CopyKind[];

/** The request as a command, a program or a message on the clipboard; what that can't reproduce is shown beside. */
export function CopyAsMenu({ api, request }: CopyAsMenuProps) {
  const { result, prepare, copy, dismiss } = useCopyAs(api, request);
  const [isOpen, setOpen] = useState(false);

  function toggle(open: boolean) {
    setOpen(open && request !== null);
    if (!open) return;
    dismiss();
    void prepare()?.catch(() => undefined);
  }

  usePaneKeys({ c: () => toggle(true) });
  useCommands(
    kinds.map((kind) => ({
      id: `copy-as-${kind}`,
      name: `Copy as ${COPY_KINDS[kind]}`,
      group: "Request",
      keys: [],
      isOn: request !== null,
      run: () => void copy(kind),
    })),
  );

  return (
    <>
      <Menu
        open={isOpen}
        onOpenChange={toggle}
        align="end"
        trigger={(props) => (
          <Button variant="quiet" disabled={!request} aria-label="Copy as" {...props}>
            <Terminal size={15} strokeWidth={1.75} aria-hidden />
            <span className="max-sm:hidden">Copy as</span>
            <ChevronDown size={13} aria-hidden className="text-faint" />
          </Button>
        )}
      >
        {kinds.map((kind) => (
          <MenuItem key={kind} onClick={() => void copy(kind)}>
            {COPY_KINDS[kind]}
          </MenuItem>
        ))}
      </Menu>
      <span role="status" className="sr-only">
        {result && spoken(result)}
      </span>
      {request && result && (
        <CopyAsCard api={api} request={request} result={result} onClose={dismiss} />
      )}
    </>
  );
}

const spoken = (result: CopyResult) => [`${copyTitle(result)}.`, ...copyNotes(result)].join(" ");
