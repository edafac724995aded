"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import { type BinSession, createBinSession } from "./bin-session.ts";
import type { BinState } from "./bin-state.ts";

/** Follows a bin for as long as the component is on the page. */
export function useBin(binId: string, api: ApiClient): [BinState, BinSession] {
  const session = useMemo(() => createBinSession(binId, api), [binId, api]);
  useEffect(() => {
    session.start();
    return session.stop;
  }, [session]);
  return [useSyncExternalStore(session.subscribe, session.get, session.get), session];
}
