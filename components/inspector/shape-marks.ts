"use client";

import { useSyncExternalStore } from "react";
import type { ShapeMark } from "#lib/contract/shapes.ts";

let marks: ReadonlyMap<number, ShapeMark> = new Map();
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** By seq, of the bin that is shown; who asks for them is fetched apart (components/shapes/shape-marks-keeper.tsx). */
export function setShapeMarks(next: ReadonlyMap<number, ShapeMark>): void {
  marks = next;
  for (const listener of listeners) listener();
}

export const useShapeMark = (seq: number) =>
  useSyncExternalStore(
    subscribe,
    () => marks.get(seq),
    () => undefined,
  );
