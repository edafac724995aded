"use client";

import { useEffect, useState } from "react";
import { useMedia } from "#components/ui/use-media.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { cannedRequest } from "./canned.ts";
import { recording } from "./recording.ts";

const EVERY_MS = 2_400;
const AT_FIRST = 2;
/** Between those that are there at first. */
const BEFORE_MS = 41_000;

/** Plays the recording once, newest first; all of it is there at once for who wants no motion. */
export function useRecording(): readonly CapturedRequest[] {
  const isStill = useMedia("(prefers-reduced-motion: reduce)");
  const [played, setPlayed] = useState<readonly CapturedRequest[]>(() =>
    recording
      .slice(0, AT_FIRST)
      .map((recorded, index) =>
        cannedRequest(recorded, index + 1, Date.now() - (AT_FIRST - index) * BEFORE_MS),
      )
      .reverse(),
  );
  useEffect(() => {
    const next = recording[played.length];
    if (!next) return;
    const timer = setTimeout(
      () => setPlayed((now) => [cannedRequest(next, now.length + 1, Date.now()), ...now]),
      isStill ? 0 : EVERY_MS,
    );
    return () => clearTimeout(timer);
  }, [played, isStill]);
  return played;
}
