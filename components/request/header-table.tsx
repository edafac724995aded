import { clsx } from "clsx";
import { VirtualRows } from "#components/body/virtual-rows.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { asUtf8 } from "./latin1.ts";
import { WireText } from "./wire-text.tsx";

type HeaderTableProps = { headers: readonly HeaderPair[]; label: string; className?: string };

/** Header lines as received: order, letter case and duplicates as they were. */
export function HeaderTable({ headers, label, className }: HeaderTableProps) {
  return (
    <VirtualRows
      count={headers.length}
      label={label}
      measured
      rowHeight={33}
      {...(className && { className })}
    >
      {(index) => {
        const [name = "", value = ""] = headers[index] ?? [];
        return <HeaderRow name={name} value={value} />;
      }}
    </VirtualRows>
  );
}

function HeaderRow({ name, value }: { name: string; value: string }) {
  const decoded = asUtf8(value);
  return (
    <div
      className={clsx(
        "grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-line py-1.5 pr-2 pl-4",
        "sm:grid-cols-[minmax(8rem,15rem)_minmax(0,1fr)_auto]",
      )}
    >
      <WireText text={name} className="wrap-anywhere text-muted" />
      <span className="col-start-1 wrap-anywhere sm:col-start-2">
        <span className="sr-only">: </span>
        {value ? <WireText text={value} /> : <span className="text-xs text-faint">empty</span>}
        {decoded !== null && (
          <span className="block text-xs text-muted">
            as UTF-8: <WireText text={decoded} />
          </span>
        )}
      </span>
      <CopyButton
        text={value}
        label={`Copy the value of ${name}`}
        className="col-start-2 row-span-2 row-start-1 -my-1.5 sm:col-start-3 sm:row-span-1"
      />
    </div>
  );
}
