"use client";

import { clsx } from "clsx";
import { Fragment, useMemo } from "react";
import { hexText, printableText } from "#lib/body/hex.ts";
import type { Lines } from "#lib/body/lines.ts";
import { formatCount } from "#components/ui/format.ts";
import { ROW_BYTES, type Chunks } from "#lib/compare/bytes.ts";
import type { Sides } from "#lib/compare/comparison.ts";
import type { SideRow as Row } from "#lib/compare/runs.ts";
import { compareWords } from "#lib/compare/words.ts";
import { Cell, type CellKind, markOf, Pair } from "./cell.tsx";
import { Value } from "./value.tsx";

type SideRowProps = { sides: Sides; row: number; isMasked: boolean; isCurrent: boolean };

/** A line, or a few bytes, of both bodies beside each other. */
export function SideRow({ sides, row, isMasked, isCurrent }: SideRowProps) {
  const side = sides.runs.at(row);
  return (
    <div
      data-current={isCurrent || undefined}
      className={clsx(isCurrent && "shadow-[inset_3px_0_0_var(--color-accent)]")}
    >
      <Pair>
        {sides.kind === "lines" ? (
          <LineCells {...{ side, isMasked }} before={sides.before} after={sides.after} />
        ) : (
          <ByteCells {...{ side, isMasked }} before={sides.before} after={sides.after} />
        )}
      </Pair>
    </div>
  );
}

type CellsProps<Side> = { side: Row; isMasked: boolean; before: Side; after: Side };

/** What a cell is; where both stand below each other, an equal one is there once. */
function cellOf(side: Row, which: "before" | "after"): { kind: CellKind; className?: string } {
  const narrow = "@max-3xl:hidden";
  if (side[which] < 0) return { kind: "none", className: narrow };
  if (side.kind === "same" || side.kind === "moved") {
    return { kind: "same", ...(which === "after" && { className: narrow }) };
  }
  return { kind: which === "before" ? "removed" : "added" };
}

/** Characters of a line that are shown: a minified page is one line of all. */
const LINE_SHOWN = 2_000;

function LineCells({ side, isMasked, before, after }: CellsProps<Lines>) {
  const [old, now] = [lineText(before, side.before), lineText(after, side.after)];
  const isChanged = side.kind === "changed" && side.before >= 0 && side.after >= 0;
  const words = useMemo(() => (isChanged ? compareWords(old, now) : null), [isChanged, old, now]);
  return (["before", "after"] as const).map((which) => {
    const cell = cellOf(side, which);
    return (
      <Cell
        key={which}
        {...cell}
        isMasked={isMasked}
        gutter={side[which] < 0 ? "" : side[which] + 1}
      >
        {side[which] >= 0 && (
          <Value
            text={which === "before" ? old : now}
            pieces={words?.[which === "before" ? 0 : 1]}
            mark={markOf(cell.kind)}
          />
        )}
      </Cell>
    );
  });
}

/** A line as it is printed. Empty for none. */
function lineText(lines: Lines, line: number): string {
  if (line < 0) return "";
  let text = "  ".repeat(Math.min(lines.depth(line), 40));
  for (const token of lines.tokens(line)) {
    const room = LINE_SHOWN - text.length;
    if (room <= 0) return `${text}…`;
    text +=
      (token.gap ? " " : "") + lines.text.slice(token.from, Math.min(token.to, token.from + room));
  }
  return text;
}

function ByteCells({ side, isMasked, before, after }: CellsProps<Chunks>) {
  const [old, now] = [bytesAt(before, side.before), bytesAt(after, side.after)];
  return (["before", "after"] as const).map((which) => {
    const cell = cellOf(side, which);
    const [mine, theirs] = which === "before" ? [old, now] : [now, old];
    return (
      <Cell key={which} {...cell} isMasked={isMasked}>
        {mine && <Bytes {...mine} other={theirs?.bytes ?? null} mark={markOf(cell.kind)} />}
      </Cell>
    );
  });
}

type Chunk = { from: number; bytes: Uint8Array };

function bytesAt(chunks: Chunks, row: number): Chunk | null {
  if (row < 0) return null;
  const { from, to } = chunks.range(row);
  return { from, bytes: chunks.bytes.subarray(from, to) };
}

/** Offset, bytes in hex, and as text; those marked that the other side has not got there. */
function Bytes({ from, bytes, other, mark }: Chunk & { other: Uint8Array | null; mark: string }) {
  const isOther = (at: number) => mark !== "" && other?.[at] !== bytes[at];
  const shown = Array.from(bytes, (_, at) => at);
  const markIf = (at: number) => clsx(isOther(at) && "font-bold underline", isOther(at) && mark);
  return (
    <span className="wire flex gap-x-[2ch] whitespace-pre">
      <span title={`Byte ${formatCount(from)}`} className="text-faint">
        {from.toString(16).padStart(8, "0")}
      </span>
      <span style={{ width: `${ROW_BYTES * 3 - 1}ch` }}>
        {shown.map((at) => (
          <Fragment key={at}>
            {at > 0 && " "}
            <span className={markIf(at)}>{hexText(bytes.subarray(at, at + 1))}</span>
          </Fragment>
        ))}
      </span>
      <span>
        {shown.map((at) => (
          <span key={at} className={markIf(at)}>
            {printableText(bytes.subarray(at, at + 1))}
          </span>
        ))}
      </span>
    </span>
  );
}
