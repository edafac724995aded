"use client";

import { useEffect, useState } from "react";
import type { decodeSteps } from "#lib/decode/decode.ts";

type Decoder = typeof decodeSteps;

let loaded: Decoder | null = null;

/** The decoder, whose code is fetched when it is first wanted. Null until it is there; a fetch that fails is made again by the next view. */
export function useDecoder(isWanted: boolean): Decoder | null {
  const [decoder, setDecoder] = useState(() => loaded);
  useEffect(() => {
    if (!isWanted || decoder) return;
    let isGone = false;
    void import("#lib/decode/decode.ts").then(
      (module) => {
        loaded = module.decodeSteps;
        if (!isGone) setDecoder(() => loaded);
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [isWanted, decoder]);
  return decoder;
}
