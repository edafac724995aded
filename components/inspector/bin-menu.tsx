"use client";

import { ChevronDown, Eraser, EyeOff, Layers, Settings2, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ThemeChoice } from "#components/shell/theme-choice.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { MenuItem, MenuLabel, MenuLink, MenuSeparator } from "#components/ui/menu-items.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { AlertChoices } from "./alert-choices.tsx";
import { BinSwitch } from "./bin-switch.tsx";

type BinMenuProps = {
  bin: Bin;
  api: ApiClient;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Null when there is nothing to clear. */
  onClear: (() => void) | null;
  /** Runs what ends the bin for this page. */
  onLeave: (end: () => Promise<void>) => Promise<void>;
};

/** What can be done with the bin as a whole. */
export function BinMenu({ bin, api, open, onOpenChange, onClear, onLeave }: BinMenuProps) {
  const [asking, setAsking] = useState<"forget" | "delete" | null>(null);
  const router = useRouter();
  const name = bin.name ? `“${plainName(bin.name)}”` : "this bin";
  const dialog = (kind: typeof asking) => ({
    open: asking === kind,
    onOpenChange: (open: boolean) => setAsking(open ? kind : null),
  });
  return (
    <>
      <Menu
        open={open}
        onOpenChange={onOpenChange}
        trigger={(props) => (
          <Button
            variant="quiet"
            size="icon"
            aria-label="Bin menu"
            className="-ml-1 w-6"
            {...props}
          >
            <ChevronDown size={15} aria-hidden />
          </Button>
        )}
      >
        <BinSwitch current={bin} api={api} />
        <MenuLink icon={Layers} href="/">
          All bins
        </MenuLink>
        <MenuSeparator />
        <MenuLink icon={Settings2} href={`/b/${bin.id}/settings`}>
          Settings
        </MenuLink>
        <AlertChoices />
        <MenuSeparator />
        <MenuItem icon={Eraser} disabled={onClear === null} onClick={() => onClear?.()}>
          Clear requests
        </MenuItem>
        <MenuItem icon={EyeOff} onClick={() => setAsking("forget")}>
          Forget in this browser
        </MenuItem>
        <MenuItem icon={Trash2} danger onClick={() => setAsking("delete")}>
          Delete bin
        </MenuItem>
        <MenuSeparator />
        <MenuLabel>Appearance</MenuLabel>
        <ThemeChoice />
      </Menu>
      <ConfirmDialog
        {...dialog("forget")}
        title={`Forget ${name} in this browser?`}
        description="The bin stays as it is and goes on taking requests. To open it here again you need its private link."
        action="Forget"
        onConfirm={async () => {
          await onLeave(() => api.forget(bin.id));
          router.push("/");
        }}
      />
      <ConfirmDialog
        {...dialog("delete")}
        title={`Delete ${name}?`}
        description="The bin and all its requests are gone for good. Its URL answers 410 for ever, so remove it where it is configured."
        action="Delete bin"
        onConfirm={async () => {
          await onLeave(() => api.deleteBin(bin.id));
          router.push("/");
        }}
      />
    </>
  );
}
