"use client";

import { later } from "#components/ui/later.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { ClearDialog } from "./clear-dialog.tsx";
import type { KeepPopup } from "./use-keep.ts";

const LabelDialog = later(() => import("./label-dialog.tsx").then((module) => module.LabelDialog));
const ForwardDialog = later(() =>
  import("./forward-dialog.tsx").then((module) => module.ForwardDialog),
);
const ExportDialog = later(() =>
  import("#components/transfer/export-dialog.tsx").then((module) => module.ExportDialog),
);

type KeepPopupsProps = {
  bin: Bin;
  api: ApiClient;
  popup: KeepPopup;
  /** `pinned`: how many there are. */
  onClear: (keepsPinned: boolean, pinned: number) => void;
  onClose: () => void;
};

/** What is open for the requests that were chosen. */
export function KeepPopups({ bin, api, popup, onClear, onClose }: KeepPopupsProps) {
  if (popup.kind === "clear") {
    const { pinned } = popup;
    const clear = (keepsPinned: boolean) => onClear(keepsPinned, pinned);
    return <ClearDialog pinned={pinned} onClear={clear} onClose={onClose} />;
  }
  const { requests } = popup;
  const props = { api, binId: bin.id, requests, onClose };
  if (popup.kind === "labels") return <LabelDialog {...props} />;
  if (popup.kind === "forward") return <ForwardDialog {...props} />;
  return <ExportDialog bin={bin} api={api} query="" marked={requests} onClose={onClose} />;
}
