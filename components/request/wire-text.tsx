import { clsx } from "clsx";
import { Fragment, use } from "react";
import { hiddenWord, MASK, SharedContext } from "#components/shares/shared-context.ts";
import { FilterWords } from "./filter-words.ts";
import { findMarks } from "./find-marks.ts";
import { isCrowded, markUnseen, maskMarks } from "./wire-marks.ts";

type WireTextProps = {
  text: string;
  /** Characters that are left as they are, such as a tab in a body. */
  kept?: string;
  className?: string | undefined;
};

/**
 * Text that came over the wire, in the mono and always left to right. Unseen and direction-changing characters get a
 * marked glyph; the character itself stays beneath it, so that a copy is exact. Where there are very many, ▯ stands for
 * each. What the list is filtered by is marked.
 */
export function WireText({ text, kept, className }: WireTextProps) {
  const pieces = findMarks(text, use(FilterWords));
  return (
    <bdi dir="ltr" className={clsx("wire", className)}>
      {pieces.map((piece, index) => {
        const runs = (
          <WireRuns key={index} text={piece.text} {...(kept !== undefined && { kept })} />
        );
        if (!piece.isMatch) return runs;
        return (
          <mark key={index} className="rounded-[2px] bg-find text-ink">
            {runs}
          </mark>
        );
      })}
    </bdi>
  );
}

type WireRunsProps = Pick<WireTextProps, "text" | "kept"> & {
  /** The line that this is a part of holds too many to name each. */
  crowded?: boolean;
};

/** The same without a frame of its own, for use within one. */
export function WireRuns({ text, kept, crowded = false }: WireRunsProps) {
  const isShared = use(SharedContext);
  if (isShared && text.includes("[hidden:")) {
    return text.split(MASK).map((piece, place) => {
      const why = place % 2 === 1 ? hiddenWord(piece) : null;
      if (why !== null) return <HiddenPlace key={place} word={why} />;
      return (
        <PlainRuns
          key={place}
          text={piece}
          crowded={crowded}
          {...(kept !== undefined && { kept })}
        />
      );
    });
  }
  return <PlainRuns text={text} crowded={crowded} {...(kept !== undefined && { kept })} />;
}

/** What whoever shared it hid. */
function HiddenPlace({ word }: { word: string }) {
  return (
    <span
      title={`Hidden by whoever shared this: ${word}`}
      className="mx-px rounded-sm bg-hover px-1.5 py-px font-sans text-2xs whitespace-nowrap text-muted"
    >
      {word} hidden
    </span>
  );
}

function PlainRuns({ text, kept, crowded = false }: WireRunsProps) {
  const runs = markUnseen(text, kept);
  if (crowded || isCrowded(runs)) return maskMarks(runs);
  return runs.map((run, index) =>
    run.mark ? (
      <Glyph key={index} mark={run.mark} char={run.text} />
    ) : (
      <Fragment key={index}>{run.text}</Fragment>
    ),
  );
}

/** An isolate of its own ends what an override or an embedding would do to the text behind it. */
function Glyph({ mark, char }: { mark: string; char: string }) {
  return (
    <bdi
      dir="ltr"
      data-mark={mark}
      title={`U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`}
      className="mx-px text-[0px] leading-[0] whitespace-nowrap before:rounded-[3px] before:bg-warn-soft before:px-0.5 before:text-2xs before:font-medium before:text-warn before:content-[attr(data-mark)]"
    >
      {char}
    </bdi>
  );
}
