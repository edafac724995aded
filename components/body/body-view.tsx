"use client";

import { clsx } from "clsx";
import { useMemo, useState } from "react";
import { BodyToolbar } from "./body-toolbar.tsx";
import { FormView } from "./form-view.tsx";
import { HexView } from "./hex-view.tsx";
import { ImageView } from "./image-view.tsx";
import { JsonView } from "./json-view.tsx";
import { MultipartView } from "./multipart-view.tsx";
import { type Picked, pickView, type ViewKind } from "./pick-view.ts";
import { TextView } from "./text-view.tsx";
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

/** A body in the view that fits it best, with a switch to the others. */
export function BodyView({ bytes, wireBytes = bytes, contentType, ...props }: BodyViewProps) {
  const picked = useMemo(() => pickView(contentType, bytes), [contentType, bytes]);
  const [chosen, setChosen] = useState<ViewKind | null>(null);
  const [wrap, setWrap] = useState(true);
  const view = chosen && picked.views.includes(chosen) ? chosen : picked.view;
  const note = [props.note, picked.note && `${picked.note}.`].filter(Boolean).join(" ");
  return (
    <div className={clsx("flex min-h-0 min-w-0 flex-col", props.className)}>
      <BodyToolbar
        bytes={view === "hex" ? wireBytes : bytes}
        contentType={contentType}
        views={picked.views}
        view={view}
        onView={setChosen}
        wrap={wrap}
        onWrap={setWrap}
        downloadUrl={props.downloadUrl}
      />
      {note && <ViewNote>{note}</ViewNote>}
      <View view={view} {...{ bytes, wireBytes, contentType, picked, wrap }} />
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
};

function View({ view, bytes, wireBytes, contentType, picked, wrap }: ViewProps) {
  switch (view) {
    case "json":
      return <JsonView {...{ bytes, contentType, wrap }} sequence={picked.sequence} />;
    case "form":
      return <FormView bytes={bytes} />;
    case "multipart":
      return <MultipartView {...{ bytes, contentType }} />;
    case "image":
      return <ImageView bytes={bytes} type={picked.imageType ?? "image/png"} />;
    case "text":
      return <TextView {...{ bytes, contentType, wrap }} />;
    case "hex":
      return <HexView bytes={wireBytes} />;
  }
}
