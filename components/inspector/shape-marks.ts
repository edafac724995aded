"use client";

import { useSyncExternalStore } from "react";
import { createWatchers } from "#components/ui/watchers.ts";
import type { ShapeMark } from "#lib/contract/shapes.ts";

let marks: ReadonlyMap<number, ShapeMark> = new Map();
const watchers = createWatchers();

/** By seq, of the bin that is shown; who asks for them is fetched apart (components/shapes/shape-marks-keeper.tsx). */
export function setShapeMarks(next: ReadonlyMap<number, ShapeMark>): void {
  marks = next;
  watchers.tell();
}

export const useShapeMark = (seq: number) =>
  useSyncExternalStore(
    watchers.watch,
    () => marks.get(seq),
    () => undefined,
  );
