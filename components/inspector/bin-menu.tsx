"use client";

import {
  ChevronDown,
  Download,
  Eraser,
  EyeOff,
  Layers,
  Settings2,
  Trash2,
  Upload,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Farewell } from "#components/access/farewell-dialog.tsx";
import { ThemeChoice } from "#components/shell/theme-choice.tsx";
import { Button } from "#components/ui/button.tsx";
import { later } from "#components/ui/later.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { MenuItem, MenuLabel, MenuLink, MenuSeparator } from "#components/ui/menu-items.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { AlertChoices } from "./alert-choices.tsx";
import { BinSwitch } from "./bin-switch.tsx";

const FarewellDialog = later(() =>
  import("#components/access/farewell-dialog.tsx").then((module) => module.FarewellDialog),
);

type BinMenuProps = {
  bin: Bin;
  api: ApiClient;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onTransfer: (which: "export" | "import") => void;
  /** Null when there is nothing to clear. */
  onClear: (() => void) | null;
  /** Runs what ends the bin for this page. */
  onLeave: (end: () => Promise<void>) => Promise<void>;
};

/** What can be done with the bin as a whole. */
export function BinMenu(props: BinMenuProps) {
  const { bin, api, open, onOpenChange, onTransfer, onClear, onLeave } = props;
  const [asking, setAsking] = useState<Farewell | null>(null);
  const router = useRouter();
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
        <MenuItem icon={Download} onClick={() => onTransfer("export")}>
          Export requests
        </MenuItem>
        <MenuItem icon={Upload} onClick={() => onTransfer("import")}>
          Import requests
        </MenuItem>
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
      {asking && (
        <FarewellDialog
          farewell={asking}
          bin={bin}
          onConfirm={async () => {
            await onLeave(() => (asking === "forget" ? api.forget(bin.id) : api.deleteBin(bin.id)));
            router.push("/");
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
