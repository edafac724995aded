import { clsx } from "clsx";
import { WireRuns } from "#components/request/wire-text.tsx";
import { formatCount } from "#components/ui/format.ts";
import type { Piece } from "#lib/compare/words.ts";

/** Characters of a value that are shown; all of it can be copied. */
const SHOWN = 2_000;

type ValueProps = {
  text: string;
  /** The same in pieces, where some of it is not on the other side. */
  pieces?: readonly Piece[] | null | undefined;
  /** How pieces that the other side has not got look. */
  mark: string;
};

/** A value from the wire, with the words marked that the other side has not got. */
export function Value({ text, pieces, mark }: ValueProps) {
  return (
    <bdi dir="ltr" className="wire wrap-anywhere whitespace-pre-wrap">
      {pieces ? (
        pieces.map((piece, index) => (
          <span
            key={index}
            className={clsx(
              piece.isOther && "rounded-[2px] underline decoration-1 underline-offset-2",
              piece.isOther && mark,
            )}
          >
            <WireRuns text={piece.text} kept={"\t\n"} />
          </span>
        ))
      ) : (
        <WireRuns text={text.slice(0, SHOWN)} kept={"\t\n"} />
      )}
      {text === "" && <span className="font-sans text-xs text-faint">empty</span>}
      {!pieces && text.length > SHOWN && (
        <span className="font-sans text-xs text-faint">
          {" "}
          … {formatCount(text.length - SHOWN)} more characters
        </span>
      )}
    </bdi>
  );
}
