"use client";

import { clsx } from "clsx";
import { useMemo, useRef, useState } from "react";
import { BodyToolbar } from "./body-toolbar.tsx";
import type { FindSwitch } from "./code-view.tsx";
import { FormView } from "./form-view.tsx";
import { HexView } from "./hex-view.tsx";
import { ImageView } from "./image-view.tsx";
import { JsonView } from "./json-view.tsx";
import { MultipartView } from "./multipart-view.tsx";
import { type Picked, pickView, type ViewKind } from "./pick-view.ts";
import { PreviewView } from "./preview-view.tsx";
import { SvgView } from "./svg-view.tsx";
import { TextView } from "./text-view.tsx";
import { useFindKey } from "./use-find-key.ts";
import { ViewNote } from "./view-note.tsx";
import { XmlView } from "./xml-view.tsx";

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
      <View
        {...{ view, bytes, wireBytes, contentType, picked, wrap }}
        find={{ isOpen: isFinding, close: closeFind }}
      />
    </div>
  );
}

type ViewProps = {
  view: ViewKind;
  bytes: Uint8Array<ArrayBuffer>;
  wireBytes: Uint8Array<ArrayBuffer>;
  contentType: string | null;
  picked: Picked;
  wrap: boolean;
  find: FindSwitch;
};

function View({ view, bytes, wireBytes, contentType, picked, wrap, find }: ViewProps) {
  switch (view) {
    case "json":
      return <JsonView {...{ bytes, contentType, wrap, find }} sequence={picked.sequence} />;
    case "xml":
      return <XmlView {...{ bytes, contentType, wrap, find }} />;
    case "form":
      return <FormView bytes={bytes} />;
    case "multipart":
      return <MultipartView {...{ bytes, contentType }} />;
    case "image":
      if (picked.imageType === "image/svg+xml") return <SvgView bytes={bytes} />;
      return <ImageView bytes={bytes} type={picked.imageType ?? "image/png"} />;
    case "text":
      return <TextView {...{ bytes, contentType, wrap, find }} />;
    case "preview":
      return <PreviewView {...{ bytes, contentType }} />;
    case "hex":
      return <HexView bytes={wireBytes} find={find} />;
  }
}
