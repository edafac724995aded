"use client";

import { useCallback, useEffect, useEffectEvent } from "react";
import { useDecodeMode } from "#components/decode/decode-mode.ts";
import { DECODE_MAX, decodeSteps, type Step } from "#lib/decode/decode.ts";
import type { Lines } from "./lines.ts";

/** Lines that are looked through for a first one that can be decoded. */
const LINES_TRIED = 2000;

export type DecodedLine = { name: string; steps: readonly Step[] };

/**
 * What single lines can be decoded as, where the lines have values. When decoding is turned on and the picked line has
 * nothing, the next one that has is picked.
 */
export function useDecodedLine(lines: Lines, picked: number | null, pick: (line: number) => void) {
  const { isOn, setOn, arrivedAtMs } = useDecodeMode();
  const { place } = lines;
  const decode = useCallback(
    (line: number): DecodedLine | null => {
      const held = place?.scalar(line, DECODE_MAX);
      const steps = held ? decodeSteps(held.value, { name: held.name, arrivedAtMs }) : [];
      return held && steps.length > 0 ? { name: held.name, steps } : null;
    },
    [place, arrivedAtMs],
  );

  const pickNext = useEffectEvent(() => {
    const from = picked ?? 0;
    if (picked !== null && decode(picked)) return;
    const end = Math.min(from + LINES_TRIED, lines.count);
    for (let line = from; line < end; line += 1) {
      if (decode(line)) return pick(line);
    }
  });
  useEffect(() => {
    if (isOn) pickNext();
  }, [isOn]);

  return {
    decode,
    isOpen: (line: number) => isOn && picked === line,
    /** For a press within the line, which picks it too. */
    toggle: (line: number) => setOn(!(isOn && picked === line)),
    /** Of the picked line, while decoding is on. */
    open: isOn && picked !== null ? decode(picked) : null,
    close: () => setOn(false),
  };
}
