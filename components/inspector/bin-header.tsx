"use client";

import { Link2, Settings2 } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "#components/shell/wordmark.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { later } from "#components/ui/later.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { BinMenu } from "./bin-menu.tsx";
import { BinName } from "./bin-name.tsx";
import type { BinSession } from "./bin-session.ts";
import type { LinkFacts } from "./link.ts";
import { CaptureUrl } from "./capture-url.tsx";
import { LinkBadge } from "./link-badge.tsx";

const SampleDialog = later(() =>
  import("./sample-dialog.tsx").then((module) => module.SampleDialog),
);
const ExportDialog = later(() =>
  import("#components/transfer/export-dialog.tsx").then((module) => module.ExportDialog),
);
const ImportDialog = later(() =>
  import("#components/transfer/import-dialog.tsx").then((module) => module.ImportDialog),
);
const MakeShareDialog = later(() =>
  import("#components/shares/make-share-dialog.tsx").then((module) => module.MakeShareDialog),
);
const ShareDialog = later(() => import("./share-dialog.tsx").then((module) => module.ShareDialog));

type BinHeaderProps = {
  /** A request lies over it. */
  covered: boolean;
  bin: Bin;
  facts: LinkFacts;
  /** False while the page shows the URL large. */
  showUrl: boolean;
  api: ApiClient;
  /** The listeners, where there is room for them. */
  relays: ReactNode;
  /** What the list is filtered by; empty for all. */
  query: string;
  /** What was dropped on the page, to be imported. */
  dropped: File | null;
  /** What is open above the page. */
  popup: HeaderPopup;
  onPopup: (popup: HeaderPopup) => void;
  onChanged: (bin: Bin) => void;
  onClear: (() => void) | null;
  onLeave: BinSession["leave"];
  /** Opens a request. */
  onOpen: (id: string) => void;
};

export type HeaderPopup =
  | "menu"
  | "relays"
  | "sample"
  | "share"
  | "shares"
  | "export"
  | "import"
  | null;

export function BinHeader(props: BinHeaderProps) {
  const { bin, facts, showUrl, api, relays, popup, onPopup, onChanged, onClear, onLeave, onOpen } =
    props;
  return (
    // A popup of it lies over what covers it.
    <header
      inert={props.covered && popup === null}
      className="flex h-13 shrink-0 items-center gap-2 border-b border-line bg-surface pr-2 pl-4 max-md:gap-0 max-md:pr-1 max-md:pl-0"
    >
      <Wordmark compact />
      <span aria-hidden className="h-5 w-px bg-line max-md:hidden" />
      <h1 className="sr-only">{plainName(bin.name ?? "Unnamed bin")}</h1>
      <BinName bin={bin} api={api} onChanged={onChanged} />
      <BinMenu
        bin={bin}
        api={api}
        open={popup === "menu"}
        onOpenChange={(isOpen) => onPopup(isOpen ? "menu" : null)}
        onClear={onClear}
        onTransfer={onPopup}
        onLeave={onLeave}
      />
      {showUrl && <CaptureUrl url={bin.url} className="ml-1 shrink max-md:hidden" />}
      <div className="ml-auto flex min-w-0 items-center gap-0.5 max-md:shrink-0">
        {relays}
        <LinkBadge facts={facts} />
        <IconButton icon={Link2} label="Private link" onClick={() => onPopup("share")} />
        <Tooltip content="Settings">
          <Link
            href={`/b/${bin.id}/settings`}
            aria-label="Settings"
            className={buttonClass({ variant: "quiet", size: "icon" })}
          >
            <Settings2 size={16} strokeWidth={1.75} aria-hidden />
          </Link>
        </Tooltip>
      </div>
      {popup === "sample" && (
        <SampleDialog bin={bin} api={api} onClose={() => onPopup(null)} onOpen={onOpen} />
      )}
      {popup === "export" && (
        <ExportDialog bin={bin} api={api} query={props.query} onClose={() => onPopup(null)} />
      )}
      {popup === "import" && (
        <ImportDialog binId={bin.id} api={api} file={props.dropped} onClose={() => onPopup(null)} />
      )}
      {popup === "shares" && (
        <MakeShareDialog
          binId={bin.id}
          api={api}
          query={props.query}
          onClose={() => onPopup(null)}
        />
      )}
      {popup === "share" && <ShareDialog bin={bin} api={api} onClose={() => onPopup(null)} />}
    </header>
  );
}
