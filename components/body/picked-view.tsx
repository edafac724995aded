"use client";

import { later } from "#components/ui/later.tsx";
import type { FindSwitch } from "./code-view.tsx";
import { JsonView } from "./json-view.tsx";
import type { Picked, ViewKind } from "#lib/body/pick-view.ts";
import { Preparing } from "./preparing.tsx";

const preparing = <Preparing label="Preparing the view" />;
const XmlView = later(() => import("./xml-view.tsx").then((module) => module.XmlView), preparing);
const TextView = later(
  () => import("./text-view.tsx").then((module) => module.TextView),
  preparing,
);
const FormView = later(
  () => import("./form-view.tsx").then((module) => module.FormView),
  preparing,
);
const MultipartView = later(
  () => import("./multipart-view.tsx").then((module) => module.MultipartView),
  preparing,
);
const ImageView = later(
  () => import("./image-view.tsx").then((module) => module.ImageView),
  preparing,
);
const PreviewView = later(
  () => import("./preview-view.tsx").then((module) => module.PreviewView),
  preparing,
);
const SvgView = later(() => import("./svg-view.tsx").then((module) => module.SvgView), preparing);
const HexView = later(() => import("./hex-view.tsx").then((module) => module.HexView), preparing);

type PickedViewProps = {
  view: ViewKind;
  bytes: Uint8Array<ArrayBuffer>;
  wireBytes: Uint8Array<ArrayBuffer>;
  contentType: string | null;
  picked: Picked;
  wrap: boolean;
  find: FindSwitch;
};

/** One view of a body. */
export function PickedView(props: PickedViewProps) {
  const { view, bytes, wireBytes, contentType, picked, wrap, find } = props;
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
