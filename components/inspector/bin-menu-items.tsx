"use client";

import {
  Braces,
  Download,
  Eraser,
  EyeOff,
  Layers,
  ListChecks,
  Repeat,
  Settings2,
  Share2,
  Split,
  Trash2,
  Upload,
} from "lucide-react";
import type { Farewell } from "#components/access/farewell-dialog.tsx";
import { ThemeChoice } from "#components/shell/theme-choice.tsx";
import { MenuItem, MenuLabel, MenuLink, MenuSeparator } from "#components/ui/menu-items.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { AlertChoices } from "./alert-choices.tsx";
import { BinSwitch } from "./bin-switch.tsx";

type BinMenuItemsProps = {
  bin: Bin;
  api: ApiClient;
  onTransfer: (which: "export" | "import" | "shares") => void;
  /** Null when there is nothing to clear. */
  onClear: (() => void) | null;
  onAsk: (farewell: Farewell) => void;
};

export function BinMenuItems({ bin, api, onTransfer, onClear, onAsk }: BinMenuItemsProps) {
  return (
    <>
      <BinSwitch current={bin} api={api} />
      <MenuLink icon={Layers} href="/">
        All bins
      </MenuLink>
      <MenuSeparator />
      <MenuLink icon={Settings2} href={`/b/${bin.id}/settings`}>
        Settings
      </MenuLink>
      <MenuLink icon={Braces} href={`/b/${bin.id}/shape`}>
        Shapes
      </MenuLink>
      <MenuLink icon={Split} href={`/b/${bin.id}/destinations`}>
        Destinations
      </MenuLink>
      <MenuLink icon={Repeat} href={`/b/${bin.id}/resends`}>
        Resend many
      </MenuLink>
      <MenuLink icon={ListChecks} href={`/b/${bin.id}/scenarios`}>
        Scenarios
      </MenuLink>
      <AlertChoices />
      <MenuSeparator />
      <MenuItem icon={Share2} onClick={() => onTransfer("shares")}>
        Share to look at
      </MenuItem>
      <MenuItem icon={Download} onClick={() => onTransfer("export")}>
        Export requests
      </MenuItem>
      <MenuItem icon={Upload} onClick={() => onTransfer("import")}>
        Import requests
      </MenuItem>
      <MenuItem icon={Eraser} disabled={onClear === null} onClick={() => onClear?.()}>
        Clear requests
      </MenuItem>
      <MenuItem icon={EyeOff} onClick={() => onAsk("forget")}>
        Forget in this browser
      </MenuItem>
      <MenuItem icon={Trash2} danger onClick={() => onAsk("delete")}>
        Delete bin
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Appearance</MenuLabel>
      <ThemeChoice />
    </>
  );
}
