"use client";

import { useCallback, useEffect, useState } from "react";
import { type Mask, usualMask } from "#lib/compare/place.ts";
import { keepMask, readMask } from "./kept-mask.ts";

/** The mask of a kind of requests in a bin, as this browser keeps it. */
export function useKeptMask(binId: string, kind: string): [Mask, (mask: Mask) => void] {
  const [kept, setKept] = useState<{ kind: string; mask: Mask } | null>(null);
  useEffect(() => setKept({ kind, mask: readMask(binId, kind) }), [binId, kind]);
  const change = useCallback(
    (mask: Mask) => {
      setKept({ kind, mask });
      keepMask(binId, kind, mask);
    },
    [binId, kind],
  );
  return [kept?.kind === kind ? kept.mask : usualMask, change];
}
