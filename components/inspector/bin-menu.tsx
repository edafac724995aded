"use client";

import { ChevronDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import type { Farewell } from "#components/access/farewell-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { later } from "#components/ui/later.tsx";
import { Menu } from "#components/ui/menu.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";

const FarewellDialog = later(() =>
  import("#components/access/farewell-dialog.tsx").then((module) => module.FarewellDialog),
);

const BinMenuItems = later(() =>
  import("./bin-menu-items.tsx").then((module) => module.BinMenuItems),
);

type BinMenuProps = {
  bin: Bin;
  api: ApiClient;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onTransfer: (which: "export" | "import" | "shares") => void;
  /** Null when there is nothing to clear. */
  onClear: (() => void) | null;
  /** Runs what ends the bin for this page. */
  onLeave: (end: () => Promise<void>) => Promise<void>;
};

/** What can be done with the bin as a whole. */
export function BinMenu(props: BinMenuProps) {
  const { bin, api, open, onOpenChange, onTransfer, onClear, onLeave } = props;
  const [asking, setAsking] = useState<Farewell | null>(null);
  const hasItems = useItems(open, () => onOpenChange(false));
  const router = useRouter();
  return (
    <>
      <Menu
        open={open && hasItems}
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
        <BinMenuItems
          bin={bin}
          api={api}
          onTransfer={onTransfer}
          onClear={onClear}
          onAsk={setAsking}
        />
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

/** A menu opens with its items in it, for the focus goes to the first one. */
function useItems(isWanted: boolean, onFailure: () => void): boolean {
  const [hasItems, setHasItems] = useState(false);
  const fail = useEffectEvent(onFailure);
  useEffect(() => {
    if (isWanted && !hasItems) BinMenuItems.fetch().then(() => setHasItems(true), fail);
  }, [isWanted, hasItems]);
  return hasItems;
}
