import { clsx } from "clsx";
import { ChevronDown, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { WireRuns } from "#components/request/wire-text.tsx";
import { formatCount } from "#components/ui/format.ts";
import { cutAtMarks, type Mark } from "./find.ts";
import type { Token, TokenKind } from "#lib/body/lines.ts";
import { type CodeRowModel, KEPT } from "./row-model.ts";

/** Else right-to-left letters would draw what follows them to their other side: `"שלום": 12` showed the number first. */
const isolated = "[unicode-bidi:isolate]";

const colors: Record<TokenKind, string> = {
  plain: isolated,
  key: `${isolated} text-syntax-key`,
  string: `${isolated} text-syntax-string`,
  number: "text-syntax-number",
  literal: "text-syntax-number",
  mark: "text-faint",
};

/** Levels that are indented; deeper ones stay there, so that a line never leaves the screen. */
const INDENT_MAX = 40;

type CodeRowProps = {
  row: CodeRowModel;
  numbered: boolean;
  wrap: boolean;
  /** The place of a mistake, or the line that was picked. */
  tone: "none" | "fault" | "picked";
  onFold: () => void;
  onSpread: () => void;
  onPick?: (() => void) | undefined;
  /** Behind the line's end. */
  after?: ReactNode;
};

/** One row of a body shown as lines. */
export function CodeRow({ row, numbered, wrap, tone, onPick, ...props }: CodeRowProps) {
  const { onFold, onSpread, after } = props;
  const depth = Math.min(row.depth, INDENT_MAX);
  return (
    <div
      role="presentation"
      onClick={onPick}
      data-picked={tone === "picked" || undefined}
      className={clsx(
        "wire pointer-events-none! flex *:pointer-events-auto pointer-coarse:leading-6",
        wrap && "w-full",
        tone === "fault" && "bg-bad-soft",
        tone === "picked" && "bg-accent-soft",
      )}
    >
      <Gutter row={row} numbered={numbered} onFold={onFold} />
      <span
        dir="ltr"
        className={clsx(
          "min-w-0 flex-1 pr-4 [unicode-bidi:isolate] [tab-size:4]",
          wrap ? "wrap-anywhere whitespace-pre-wrap" : "whitespace-pre",
        )}
        style={{ paddingLeft: `min(${depth * 2}ch, 50%)` }}
      >
        {/* Takes no room: it is there to be copied. */}
        <span className="text-[0px] leading-[0]">{"  ".repeat(depth)}</span>
        {row.depth > INDENT_MAX && (
          <span className="mr-2 text-2xs text-faint select-none">
            level {formatCount(row.depth)}
          </span>
        )}
        <Tokens row={row} tokens={row.tokens} marks={row.marks} />
        {row.fold === "folded" && (
          <button type="button" onClick={onFold} className={pill} aria-label="Unfold">
            {formatCount(row.hidden)} {row.hidden === 1 ? "line" : "lines"}
          </button>
        )}
        {row.closing && <Tokens row={row} tokens={row.closing} marks={[]} />}
        {row.cut > 0 && (
          <button type="button" onClick={onSpread} className={pill}>
            Show {formatCount(row.cut)} more {row.cut === 1 ? "character" : "characters"}
          </button>
        )}
        {after}
      </span>
    </div>
  );
}

const pill =
  "touch-around mx-1 cursor-pointer rounded-sm bg-accent-soft px-1.5 font-sans text-2xs text-accent select-none hover:underline";

type TokensProps = {
  row: Pick<CodeRowModel, "text" | "crowded">;
  tokens: readonly Token[];
  marks: readonly Mark[];
};

function Tokens({ row, tokens, marks }: TokensProps) {
  return tokens.map((token) => (
    <span key={token.from} className={colors[token.kind]}>
      {token.gap && " "}
      {cutAtMarks(token.from, token.to, marks).map(({ from, to, mark }) => (
        <Piece key={from} text={row.text.slice(from, to)} crowded={row.crowded} mark={mark} />
      ))}
    </span>
  ));
}

type PieceProps = { text: string; crowded: boolean; mark: Mark | null };

function Piece({ text, crowded, mark }: PieceProps) {
  const runs = <WireRuns text={text} kept={KEPT} crowded={crowded} />;
  if (!mark) return runs;
  return (
    <mark className={markClass(mark.isCurrent)} data-current={mark.isCurrent || undefined}>
      {runs}
    </mark>
  );
}

/** How a place that was found looks; the current one differs by its frame too. */
export function markClass(isCurrent: boolean): string {
  return clsx(
    "rounded-[2px] text-ink",
    isCurrent ? "bg-found-current outline-1 outline-ink" : "bg-found",
  );
}

type GutterProps = Pick<CodeRowProps, "row" | "numbered" | "onFold">;

function Gutter({ row, numbered, onFold }: GutterProps) {
  if (numbered) {
    return (
      <span aria-hidden className="w-[7ch] shrink-0 pr-3 text-right text-faint select-none">
        {row.number ?? ""}
      </span>
    );
  }
  // Nothing to hit, so that the finger's room of the button above reaches into this row.
  if (row.fold === "none") {
    return <span aria-hidden className={clsx(gutter, "pointer-events-none!")} />;
  }
  const Icon = row.fold === "open" ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      aria-label={`Block at line ${row.number}`}
      aria-expanded={row.fold === "open"}
      onClick={onFold}
      className={clsx(
        gutter,
        "relative flex h-[1lh] cursor-pointer items-center justify-center text-faint select-none hover:text-ink",
        "pointer-coarse:after:absolute pointer-coarse:after:inset-x-0 pointer-coarse:after:-inset-y-2.5",
      )}
    >
      <Icon size={13} aria-hidden />
    </button>
  );
}

const gutter = "w-6 shrink-0 pointer-coarse:w-11";
