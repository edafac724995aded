import { clsx } from "clsx";
import { ChevronDown, ChevronRight } from "lucide-react";
import { WireRuns } from "#components/request/wire-text.tsx";
import { formatCount } from "#components/ui/format.ts";
import type { Token, TokenKind } from "./lines.ts";

const colors: Record<TokenKind, string> = {
  plain: "",
  key: "text-syntax-key",
  string: "text-syntax-string",
  number: "text-syntax-number",
  literal: "text-syntax-number",
  mark: "text-faint",
};

/** Levels that are indented; deeper ones stay there, so that a line never leaves the screen. */
const INDENT_MAX = 40;

export type CodeRowModel = {
  text: string;
  tokens: readonly Token[];
  /** The closing tokens, when the block that begins here is folded. */
  closing: readonly Token[] | null;
  depth: number;
  /** Null on the further rows of a long line. */
  number: number | null;
  fold: "none" | "open" | "folded";
  /** Lines that are folded away. */
  hidden: number;
  /** Characters that are cut off. */
  cut: number;
  marked: boolean;
};

type CodeRowProps = {
  row: CodeRowModel;
  numbered: boolean;
  wrap: boolean;
  onFold: () => void;
  onSpread: () => void;
};

/** One row of a body shown as lines. */
export function CodeRow({ row, numbered, wrap, onFold, onSpread }: CodeRowProps) {
  const depth = Math.min(row.depth, INDENT_MAX);
  return (
    <div
      className={clsx(
        "wire flex pointer-coarse:leading-6",
        wrap && "w-full",
        row.marked && "bg-bad-soft",
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
        <Tokens text={row.text} tokens={row.tokens} />
        {row.fold === "folded" && (
          <button type="button" onClick={onFold} className={pill} aria-label="Unfold">
            {formatCount(row.hidden)} {row.hidden === 1 ? "line" : "lines"}
          </button>
        )}
        {row.closing && <Tokens text={row.text} tokens={row.closing} />}
        {row.cut > 0 && (
          <button type="button" onClick={onSpread} className={pill}>
            Show {formatCount(row.cut)} more {row.cut === 1 ? "character" : "characters"}
          </button>
        )}
      </span>
    </div>
  );
}

const pill =
  "mx-1 cursor-pointer rounded-sm bg-accent-soft px-1.5 font-sans text-2xs text-accent select-none hover:underline";

function Tokens({ text, tokens }: { text: string; tokens: readonly Token[] }) {
  return tokens.map((token) => (
    <span key={token.from} className={colors[token.kind]}>
      {token.gap && " "}
      <WireRuns text={text.slice(token.from, token.to)} kept={"\t"} />
    </span>
  ));
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
  if (row.fold === "none") return <span aria-hidden className="w-6 shrink-0" />;
  const Icon = row.fold === "open" ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      aria-label={`Block at line ${row.number}`}
      aria-expanded={row.fold === "open"}
      onClick={onFold}
      className="flex h-[1lh] w-6 shrink-0 cursor-pointer items-center justify-center text-faint select-none hover:text-ink"
    >
      <Icon size={13} aria-hidden />
    </button>
  );
}
