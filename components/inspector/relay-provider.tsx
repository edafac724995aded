"use client";

import { type ReactNode, useMemo } from "react";
import { RelayContext } from "#components/relay/relay-context.ts";
import { useNow } from "#components/ui/use-now.ts";
import { useOnline } from "#components/ui/use-online.ts";
import type { BinState } from "./bin-state.ts";
import { readLink } from "./link.ts";

type RelayProviderProps = { state: BinState; children: ReactNode };

/** Hands the bin's listeners on, with whether what was told of them still holds. */
export function RelayProvider({ state: { relays, link }, children }: RelayProviderProps) {
  const { kind } = readLink(link, useOnline(), useNow());
  const isLive = kind === "live" || kind === "behind";
  const relaying = useMemo(() => ({ relays, isLive }), [relays, isLive]);
  return <RelayContext value={relaying}>{children}</RelayContext>;
}
