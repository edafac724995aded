"use client";

import { clsx } from "clsx";
import { useMemo, useRef, useState } from "react";
import { BodyToolbar } from "./body-toolbar.tsx";
import { pickView, type ViewKind } from "#lib/body/pick-view.ts";
import { PickedView } from "./picked-view.tsx";
import { useFindKey } from "./use-find-key.ts";
import { ViewNote } from "./view-note.tsx";

type BodyViewProps = {
  /** What is shown: decompressed, where a Content-Encoding said so. */
  bytes: Uint8Array<ArrayBuffer>;
  /** As on the wire, for Hex. */
  wireBytes?: Uint8Array<ArrayBuffer>;
  contentType: string | null;
  /** Where the exact bytes can be downloaded. */
  downloadUrl?: string;
  /** Something to know about all of it. */
  note?: string | null;
  className?: string;
};

const searchable: ReadonlySet<ViewKind> = new Set(["json", "xml", "text", "hex"]);

/** A body in the view that fits it best, with a switch to the others. */
export function BodyView({ bytes, wireBytes = bytes, contentType, ...props }: BodyViewProps) {
  const picked = useMemo(() => pickView(contentType, bytes), [contentType, bytes]);
  const [chosen, setChosen] = useState<ViewKind | null>(null);
  const [wrap, setWrap] = useState(true);
  const [isFinding, setFinding] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const view = chosen && picked.views.includes(chosen) ? chosen : picked.view;
  const canFind = searchable.has(view);
  const note = [props.note, picked.note && `${picked.note}.`].filter(Boolean).join(" ");

  function openFind() {
    setFinding(true);
    root.current?.querySelector<HTMLInputElement>("search input")?.select();
  }
  function closeFind() {
    setFinding(false);
    root.current?.querySelector<HTMLElement>("[role=group][tabindex]")?.focus();
  }
  useFindKey(root, canFind, openFind);

  return (
    <div ref={root} className={clsx("flex min-h-0 min-w-0 flex-col", props.className)}>
      <BodyToolbar
        bytes={view === "hex" ? wireBytes : bytes}
        contentType={contentType}
        views={picked.views}
        view={view}
        onView={setChosen}
        wrap={wrap}
        onWrap={setWrap}
        onFind={canFind ? () => (isFinding ? closeFind() : openFind()) : null}
        isFinding={isFinding}
        downloadUrl={props.downloadUrl}
      />
      {note && <ViewNote>{note}</ViewNote>}
      <PickedView
        {...{ view, bytes, wireBytes, contentType, picked, wrap }}
        find={{ isOpen: isFinding, close: closeFind }}
      />
    </div>
  );
}
