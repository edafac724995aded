"use client";

import type { ComponentProps } from "react";
import { later } from "#components/ui/later.tsx";
import { BodyView } from "./body-view.tsx";
import type { DecodeElsewhere } from "./decompress.ts";
import { Preparing } from "./preparing.tsx";

const CompressedBody = later(
  () => import("./compressed-body.tsx").then((module) => module.CompressedBody),
  <Preparing label="Decompressing the body" />,
);

type EncodedBodyProps = Omit<ComponentProps<typeof BodyView>, "wireBytes"> & {
  /** In the order in which they were applied. */
  codings: readonly string[];
  /** Must keep its identity. */
  decodeElsewhere?: DecodeElsewhere;
};

/** A body, shown decompressed where its Content-Encoding says that it is compressed. */
export function EncodedBody({ codings, decodeElsewhere, ...props }: EncodedBodyProps) {
  if (codings.length === 0) return <BodyView {...props} />;
  return (
    <CompressedBody
      {...props}
      joined={codings.join(", ")}
      decodeElsewhere={decodeElsewhere ?? null}
    />
  );
}
