"use client";

import { useCallback, useEffect, useEffectEvent } from "react";
import { useDecodeMode } from "#components/decode/decode-mode.ts";
import { useDecoder } from "#components/decode/use-decoder.ts";
import type { Step } from "#lib/decode/decode.ts";
import { DECODE_MAX } from "#lib/decode/limits.ts";
import type { Lines } from "#lib/body/lines.ts";

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
  const decodeSteps = useDecoder(place !== undefined);
  const decodeLine = useCallback(
    (line: number): DecodedLine | null => {
      const held = decodeSteps && place?.scalar(line, DECODE_MAX);
      if (!held) return null;
      const steps = decodeSteps(held.value, { name: held.name, arrivedAtMs });
      return steps.length > 0 ? { name: held.name, steps } : null;
    },
    [place, arrivedAtMs, decodeSteps],
  );

  const pickNext = useEffectEvent(() => {
    const from = picked ?? 0;
    if (picked !== null && decodeLine(picked)) return;
    const end = Math.min(from + LINES_TRIED, lines.count);
    for (let line = from; line < end; line += 1) {
      if (decodeLine(line)) return pick(line);
    }
  });
  useEffect(() => {
    if (isOn && decodeSteps) pickNext();
  }, [isOn, decodeSteps]);

  return {
    /** Null until it can be told. */
    decode: decodeSteps && place ? decodeLine : null,
    isOpen: (line: number) => isOn && picked === line,
    /** For a press within the line, which picks it too. */
    toggle: (line: number) => setOn(!(isOn && picked === line)),
    /** Of the picked line, while decoding is on. */
    open: isOn && picked !== null ? decodeLine(picked) : null,
    close: () => setOn(false),
  };
}
