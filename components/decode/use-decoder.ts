"use client";

import { useEffect, useState } from "react";
import { whenIdle } from "#components/ui/when-idle.ts";
import type { decodeSteps } from "#lib/decode/decode.ts";

type Decoder = typeof decodeSteps;

let loaded: Decoder | null = null;

/**
 * The decoder, whose code is fetched when it is first wanted and the browser is idle. Null until it is there; a fetch
 * that fails is made again by the next view.
 */
export function useDecoder(isWanted: boolean): Decoder | null {
  const [decoder, setDecoder] = useState(() => loaded);
  useEffect(() => {
    if (!isWanted || decoder) return;
    let isGone = false;
    // After what is to be seen first: a page waits for none of it.
    whenIdle(() => {
      if (isGone) return;
      void import("#lib/decode/decode.ts").then(
        (module) => {
          loaded = module.decodeSteps;
          if (!isGone) setDecoder(() => loaded);
        },
        () => undefined,
      );
    });
    return () => {
      isGone = true;
    };
  }, [isWanted, decoder]);
  return decoder;
}
