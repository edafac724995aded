"use client";

import { useEffect, useMemo, useRef } from "react";
import { setShapeMarks } from "#components/inspector/shape-marks.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { createShapesClient } from "#lib/contract/shapes-client.ts";
import { createMarkKeeper } from "./mark-keeper.ts";

type ShapeMarksKeeperProps = {
  binId: string;
  api: ApiClient;
  /** Newest first. */
  items: readonly RequestSummary[];
};

/** Asks which of the listed requests differ, and draws nothing itself. */
export function ShapeMarksKeeper({ binId, api, items }: ShapeMarksKeeperProps) {
  const latest = useRef(items);
  const keeper = useMemo(() => {
    const { marks } = createShapesClient(api, binId);
    return createMarkKeeper(marks, () => latest.current, setShapeMarks);
  }, [api, binId]);
  useEffect(() => keeper.stop, [keeper]);
  useEffect(() => {
    latest.current = items;
    keeper.wake();
  }, [keeper, items]);
  return null;
}
