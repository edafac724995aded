import { clsx } from "clsx";
import { WireRuns } from "#components/request/wire-text.tsx";
import { findMarks } from "./find-marks.ts";

type MarkedTextProps = { text: string; words: readonly string[]; className?: string };

/** Text from the wire with what the filter found in it marked. */
export function MarkedText({ text, words, className }: MarkedTextProps) {
  return (
    <bdi dir="ltr" className={clsx("wire", className)}>
      {findMarks(text, words).map((piece, index) =>
        piece.isMatch ? (
          <mark key={index} className="rounded-[2px] bg-find text-ink">
            <WireRuns text={piece.text} />
          </mark>
        ) : (
          <WireRuns key={index} text={piece.text} />
        ),
      )}
    </bdi>
  );
}
