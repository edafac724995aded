import { useMemo } from "react";
import { DecodePill } from "#components/decode/decode-pill.tsx";
import type { DecodedLine } from "./use-decoded-line.ts";

type LinePillProps = {
  line: number;
  decode: (line: number) => DecodedLine | null;
  isOpen: boolean;
  onToggle: () => void;
};

/** At the end of a line whose value can be decoded. */
export function LinePill({ line, decode, isOpen, onToggle }: LinePillProps) {
  const decoded = useMemo(() => decode(line), [decode, line]);
  return decoded && <DecodePill {...decoded} isOpen={isOpen} onToggle={onToggle} />;
}
