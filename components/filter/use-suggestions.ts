"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import type { SuggestedPlace } from "#lib/contract/suggestions.ts";
import { createHeld, type Held } from "./held.ts";

/** What came in since is worth a further look then. */
const FRESH_MS = 15_000;

type Known = { seq: number; atMs: number; places: readonly SuggestedPlace[] };

const byClient = new WeakMap<ApiClient, Map<string, Held<Known>>>();
const none: readonly SuggestedPlace[] = [];

/** What the bin's requests can be asked for; read while `isWanted`, and again when others have come in. */
export function useSuggestions(
  binId: string,
  api: ApiClient,
  lastSeq: number,
  isWanted: boolean,
): readonly SuggestedPlace[] {
  const seq = useRef(lastSeq);
  seq.current = lastSeq;
  const held = heldOf(binId, api, seq);
  const known = useSyncExternalStore(held.subscribe, held.get, held.get);
  useEffect(() => {
    const now = held.get();
    const isFresh = now && (now.seq === lastSeq || Date.now() - now.atMs < FRESH_MS);
    if (isWanted && !isFresh) void held.read();
  }, [held, isWanted, lastSeq]);
  return known?.places ?? none;
}

function heldOf(binId: string, api: ApiClient, seq: { current: number }): Held<Known> {
  let ofClient = byClient.get(api);
  if (!ofClient) byClient.set(api, (ofClient = new Map()));
  let held = ofClient.get(binId);
  if (!held) {
    held = createHeld(async () => {
      const asked = seq.current;
      const { places } = await api.suggestions(binId);
      return { seq: asked, atMs: Date.now(), places };
    });
    ofClient.set(binId, held);
  }
  return held;
}
