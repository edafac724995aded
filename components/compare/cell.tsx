import { clsx } from "clsx";
import type { ReactNode } from "react";

/** On which side something stands, and whether the other has it too. */
export type CellKind = "same" | "removed" | "added" | "none";

const looks: Record<CellKind, { sign: string; words: string; line: string; mark: string }> = {
  same: { sign: " ", words: "", line: "", mark: "" },
  removed: { sign: "−", words: "before: ", line: "bg-bad-soft", mark: "text-bad" },
  added: { sign: "+", words: "now: ", line: "bg-good-soft", mark: "text-good" },
  none: { sign: " ", words: "", line: "bg-sunken", mark: "" },
};

export const markOf = (kind: CellKind): string => looks[kind].mark;

type CellProps = {
  kind: CellKind;
  isMasked: boolean;
  /** The line's number. */
  gutter?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children?: ReactNode;
};

/** One side of a row, with its sign. */
export function Cell({ kind, isMasked, gutter, actions, className, children }: CellProps) {
  const { sign, words, line, mark } = looks[kind];
  return (
    <div
      className={clsx(
        "group/cell flex min-w-0 gap-1.5 px-2",
        isMasked && kind !== "none" ? "bg-sunken text-muted" : line,
        className,
      )}
    >
      {gutter !== undefined && (
        <span aria-hidden className="wire min-w-[4ch] shrink-0 text-right text-faint select-none">
          {gutter}
        </span>
      )}
      <span aria-hidden className={clsx("wire w-[1ch] shrink-0 select-none", !isMasked && mark)}>
        {sign}
      </span>
      <div className="min-w-0 flex-1">
        <span className="sr-only">{words}</span>
        {children}
      </div>
      {actions}
    </div>
  );
}

/** Beside each other where there is room, else below each other. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className="grid @3xl:grid-cols-2 @3xl:gap-x-px">{children}</div>;
}
