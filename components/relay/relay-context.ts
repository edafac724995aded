"use client";

import { createContext, useContext } from "react";
import { useNow } from "#components/ui/use-now.ts";
import { type Relay, type RelayView, viewRelay } from "./relays.ts";

export type Relaying = {
  /** Null until they were told. */
  relays: readonly Relay[] | null;
  /** Whether this page's own connection has proved to be open. */
  isLive: boolean;
};

export const RelayContext = createContext<Relaying>({ relays: null, isLive: false });

/** The bin's listeners as they stand now; none where no live connection tells of them. */
export function useRelays(): RelayView[] {
  const { relays, isLive } = useContext(RelayContext);
  const now = useNow();
  return (relays ?? []).map((relay) => viewRelay(relay, isLive, now));
}
