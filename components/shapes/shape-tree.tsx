"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { formatCount } from "#components/ui/format.ts";
import type { Settled, SettledField, SettledKind } from "#lib/shapes/settle.ts";
import { exampleWords, typeWords } from "./shape-words.ts";

/** Levels that are open at first. */
const OPEN_LEVELS = 2;
/** Drawn at once; the rest is asked for. */
const FIELDS_SHOWN = 200;

type Row = { name: string; of: number; value: Settled };

/** The shape as a tree: each place with what it is, how often, and something of what was seen there. */
export function ShapeTree({ shape }: { shape: Settled }) {
  const rows = rowsOf(shape);
  return (
    <ul aria-label="Fields" className="min-w-0 py-1">
      {rows.length === 0 ? (
        <li className="px-4 py-2 text-muted">{typeWords(shape)}</li>
      ) : (
        <Rows rows={rows} level={0} />
      )}
    </ul>
  );
}

function Rows({ rows, level }: { rows: readonly Row[]; level: number }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, FIELDS_SHOWN);
  return (
    <>
      {shown.map((row) => (
        <TreeRow key={row.name} row={row} level={level} />
      ))}
      {shown.length < rows.length && (
        <li className="px-4 py-1">
          <button
            type="button"
            className="cursor-pointer text-accent hover:underline"
            onClick={() => setWhole(true)}
          >
            Show {formatCount(rows.length - shown.length)} more
          </button>
        </li>
      )}
    </>
  );
}

function TreeRow({ row, level }: { row: Row; level: number }) {
  const [isOpen, setOpen] = useState(level < OPEN_LEVELS);
  const inner = rowsOf(row.value);
  const Icon = isOpen ? ChevronDown : ChevronRight;
  const isOptional = row.value.count < row.of;
  return (
    <li>
      <div
        className="flex min-w-0 items-baseline gap-2 py-1 pr-4 hover:bg-hover max-md:flex-wrap"
        style={{ paddingLeft: `calc(${Math.min(level, 12)} * 1rem + 0.75rem)` }}
      >
        {inner.length > 0 ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={row.name}
            onClick={() => setOpen(!isOpen)}
            className="touch-around flex w-4 shrink-0 cursor-pointer self-center text-faint hover:text-ink pointer-coarse:after:-inset-4!"
          >
            <Icon size={14} aria-hidden />
          </button>
        ) : (
          <span className="w-4 shrink-0" />
        )}
        <WireText text={row.name} className="max-w-[45%] shrink-0 truncate text-syntax-key" />
        <span className="min-w-0 truncate text-xs text-muted">{typeWords(row.value)}</span>
        <span className="wire min-w-0 flex-1 truncate text-xs text-faint">
          {exampleWords(row.value)}
        </span>
        <span className={isOptional ? "shrink-0 text-xs text-warn" : "shrink-0 text-xs text-faint"}>
          {isOptional
            ? `${formatCount(row.value.count)} of ${formatCount(row.of)}`
            : formatCount(row.value.count)}
          {row.value.nulls > 0 &&
            row.value.kinds.length > 0 &&
            `, null in ${formatCount(row.value.nulls)}`}
        </span>
      </div>
      {isOpen && inner.length > 0 && (
        <ul>
          <Rows rows={inner} level={level + 1} />
        </ul>
      )}
    </li>
  );
}

const rowsOf = ({ kinds }: Settled): Row[] => kinds.flatMap(rowsOfKind);

function rowsOfKind(kind: SettledKind): Row[] {
  switch (kind.kind) {
    case "object":
      return kind.fields.map(toRow);
    case "array":
      return kind.items ? rowsOf(kind.items) : [];
    case "record":
      return rowsOf(kind.entries);
    case "union":
      return kind.variants.map(({ value, count, fields }) => ({
        name: `${kind.key}: ${JSON.stringify(value)}`,
        of: kind.count,
        value: { count, samples: count, nulls: 0, kinds: [{ kind: "object", count, fields }] },
      }));
    default:
      return [];
  }
}

const toRow = ({ key, of, value }: SettledField): Row => ({ name: key, of, value });
