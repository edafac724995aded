import { clsx } from "clsx";
import { VirtualRows } from "#components/body/virtual-rows.tsx";
import { FilterButton } from "#components/filter/filter-button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { HeaderDetail } from "./header-detail.tsx";
import type { HeaderGroup } from "./header-groups.ts";
import { HeaderHelp } from "./header-help.tsx";
import { asUtf8 } from "./latin1.ts";
import { WireText } from "./wire-text.tsx";

type HeaderTableProps = {
  headers: readonly HeaderPair[];
  /** Shows them under headings instead; the same headers. */
  groups?: readonly HeaderGroup[] | null;
  label: string;
  /** A filter looks at them: those of the request itself. */
  isSearched?: boolean;
  className?: string;
};

type Row = { heading: string } | { pair: HeaderPair };

/** Header lines: letter case and duplicates as they were; the order too, all over or within each group. */
export function HeaderTable({
  headers,
  groups = null,
  label,
  isSearched = false,
  className,
}: HeaderTableProps) {
  const rows: Row[] = groups
    ? groups.flatMap(({ name, headers: own }) => [
        { heading: name },
        ...own.map((pair) => ({ pair })),
      ])
    : headers.map((pair) => ({ pair }));
  return (
    <VirtualRows
      count={rows.length}
      label={label}
      measured
      rowHeight={33}
      {...(className && { className })}
    >
      {(index) => {
        const row = rows[index];
        if (!row) return null;
        if ("pair" in row) {
          return <HeaderRow name={row.pair[0]} value={row.pair[1]} isSearched={isSearched} />;
        }
        return (
          <h4 className="border-b border-line bg-sunken px-4 pt-2.5 pb-1 text-xs font-medium text-muted">
            {row.heading}
          </h4>
        );
      }}
    </VirtualRows>
  );
}

type HeaderRowProps = { name: string; value: string; isSearched: boolean };

function HeaderRow({ name, value, isSearched }: HeaderRowProps) {
  const decoded = asUtf8(value);
  return (
    <div
      className={clsx(
        "grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-line py-1.5 pr-2 pl-4",
        "sm:grid-cols-[minmax(8rem,15rem)_minmax(0,1fr)_auto]",
      )}
    >
      <span className="wrap-anywhere">
        <WireText text={name} className="text-muted" />
        <HeaderHelp name={name} />
      </span>
      <div className="col-start-1 min-w-0 wrap-anywhere sm:col-start-2">
        <span className="sr-only">: </span>
        {value ? <WireText text={value} /> : <span className="text-xs text-faint">empty</span>}
        {decoded !== null && (
          <span className="block text-xs text-muted">
            as UTF-8: <WireText text={decoded} />
          </span>
        )}
        <HeaderDetail name={name} value={value} />
      </div>
      <span className="col-start-2 row-span-2 row-start-1 -my-1.5 flex items-start sm:col-start-3 sm:row-span-1">
        {isSearched && (
          <FilterButton
            value={() => ({ seen: { field: "header", name, value }, text: value })}
            label={`Filter by the value of ${plainName(name)}`}
          />
        )}
        <CopyButton text={value} label={`Copy the value of ${plainName(name)}`} />
      </span>
    </div>
  );
}
