"use client";

import { clsx } from "clsx";
import { useMemo } from "react";
import { Decodable } from "#components/decode/decodable.tsx";
import { WireText } from "#components/request/wire-text.tsx";
import { FilterButton } from "#components/filter/filter-button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatCount } from "#components/ui/format.ts";
import { plainName } from "#components/ui/plain-name.ts";
import { type Decoded, percentDecode } from "#lib/contract/percent.ts";
import { DECODED_MAX, type Pairs } from "#lib/body/pairs.ts";
import { VirtualRows } from "./virtual-rows.tsx";

/** Characters of a name or a value that a row shows; the rest is seen when the field is opened. */
const SHOWN = 600;

type PairsTableProps = {
  pairs: Pairs;
  label: string;
  /** What a filter calls them; null where none leads to them. */
  field: "query" | "form" | null;
  onOpen: (index: number) => void;
};

/** Fields decoded beside what was sent, in order, duplicates and all. */
export function PairsTable({ pairs, label, field, onOpen }: PairsTableProps) {
  return (
    <>
      <div
        aria-hidden
        className="hidden shrink-0 gap-4 border-b border-line px-4 py-1.5 text-xs text-faint md:grid md:grid-cols-[minmax(7rem,13rem)_minmax(0,1fr)_minmax(0,1fr)_4rem]"
      >
        <span>Name</span>
        <span>Decoded</span>
        <span>As sent</span>
      </div>
      <VirtualRows count={pairs.count} label={label} measured rowHeight={33}>
        {(index) => (
          <PairRow pairs={pairs} index={index} field={field} onOpen={() => onOpen(index)} />
        )}
      </VirtualRows>
    </>
  );
}

type PairRowProps = Pick<PairsTableProps, "pairs" | "field"> & {
  index: number;
  onOpen: () => void;
};

function PairRow({ pairs, index, field, onOpen }: PairRowProps) {
  const { name, value, rawName, rawValue } = useMemo(() => pairs.at(index), [pairs, index]);
  const raw = rawValue === null ? rawName : `${rawName}=${rawValue}`;
  const isSame = raw === `${name.text}=${value.text}`;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 border-b border-line px-4 py-1.5 md:grid-cols-[minmax(7rem,13rem)_minmax(0,1fr)_minmax(0,1fr)_4rem]">
      <span className="col-start-1 wrap-anywhere">
        <Shortened text={name.text} rest={restOf(rawName)} className="font-medium" />
        <DecodeFault decoded={name} />
        {!name.text && <span className="text-xs text-faint">no name</span>}
      </span>
      <span className="col-start-1 wrap-anywhere md:col-start-2">
        {rawValue === null && <span className="text-xs text-faint">no = sign</span>}
        {rawValue === "" && <span className="text-xs text-faint">empty</span>}
        <Shortened text={value.text} rest={restOf(rawValue ?? "")} />
        <DecodeFault decoded={value} />
        <Decodable name={name.text} value={value.text} skipJson />
        {isWorthOpening(value.text) && (
          <button
            type="button"
            onClick={onOpen}
            className="touch-around ml-2 cursor-pointer rounded-sm bg-accent-soft px-1.5 text-2xs text-accent hover:underline"
          >
            {value.text.length > SHOWN ? "Show all" : "Show as JSON"}
          </button>
        )}
      </span>
      <span
        className={clsx(
          "col-start-1 wrap-anywhere text-muted md:col-start-3",
          isSame && "max-md:hidden",
        )}
      >
        <span className="sr-only">As sent: </span>
        {isSame ? <span className="text-xs text-faint">the same</span> : <Shortened text={raw} />}
      </span>
      <span className="col-start-2 row-span-3 row-start-1 -my-1 flex items-start justify-end md:col-start-4 md:row-span-1">
        {field && (
          <FilterButton
            value={() => ({
              seen: { field, name: name.text, value: value.text },
              text: value.text,
            })}
            label={`Filter by the value of ${plainName(name.text) || "this field"}`}
          />
        )}
        <CopyButton
          text={() => percentDecode(rawValue ?? "").text}
          label={`Copy the value of ${plainName(name.text) || "this field"}`}
        />
      </span>
    </div>
  );
}

function isWorthOpening(value: string): boolean {
  return value.length > SHOWN || /^\s*[{[][^]*[}\]]\s*$/.test(value);
}

/** Characters that were sent and not decoded. */
const restOf = (raw: string) => Math.max(raw.length - DECODED_MAX, 0);

type ShortenedProps = { text: string; rest?: number; className?: string };

function Shortened({ text, rest = 0, className }: ShortenedProps) {
  if (text.length <= SHOWN) return <WireText text={text} className={className} />;
  return (
    <>
      <WireText text={text.slice(0, SHOWN)} className={className} />
      <span className="text-xs text-faint">
        {" "}
        … {formatCount(text.length - SHOWN + rest)} more characters
      </span>
    </>
  );
}

function DecodeFault({ decoded }: { decoded: Decoded }) {
  if (!decoded.broken && !decoded.lossy) return null;
  return (
    <span className="ml-2 text-xs text-warn">
      {decoded.broken ? "broken % escape, left as sent" : "not UTF-8"}
    </span>
  );
}
