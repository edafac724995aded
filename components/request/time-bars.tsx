import { clsx } from "clsx";
import { formatMs } from "./format-ms.ts";

/** Milliseconds from a common start; `to` null when it is not known or was not reached. */
export type Span = {
  label: string;
  from: number;
  to: number | null;
  /** What this span is, in a few words. */
  words?: string;
  /** Why there is no end. */
  missing?: string;
};

type TimeBarsProps = { spans: readonly Span[]; total: number };

const percent = (part: number, total: number) => (total > 0 ? (part / total) * 100 : 0);

/** A waterfall: one bar per span, with its end and its own length in figures. */
export function TimeBars({ spans, total }: TimeBarsProps) {
  return (
    <ul className="flex flex-col gap-1.5">
      {spans.map((span) => (
        <li
          key={span.label}
          className="grid grid-cols-[7.5rem_minmax(0,1fr)_5rem] items-center gap-3 text-xs"
        >
          <span className="text-muted">{span.label}</span>
          <Bar span={span} total={total} />
          <span className={clsx("text-right tabular-nums", span.to === null && "text-faint")}>
            {span.to === null ? (span.missing ?? "unknown") : formatMs(span.to - span.from)}
          </span>
          {span.words && (
            <span className="col-span-2 -mt-1 text-xs text-faint sm:col-start-2">{span.words}</span>
          )}
        </li>
      ))}
      <li className="grid grid-cols-[7.5rem_minmax(0,1fr)_5rem] gap-3 border-t border-line pt-1.5 text-xs">
        <span className="font-medium">Total</span>
        <span />
        <span className="text-right font-medium tabular-nums">{formatMs(total)}</span>
      </li>
    </ul>
  );
}

function Bar({ span, total }: { span: Span; total: number }) {
  return (
    <span aria-hidden className="relative block h-3 rounded-sm bg-sunken">
      {span.to !== null && (
        <span
          className="absolute inset-y-0 min-w-0.5 rounded-sm bg-accent forced-color-adjust-none"
          style={{
            left: `${Math.min(percent(span.from, total), 99.5)}%`,
            width: `${percent(span.to - span.from, total)}%`,
          }}
        />
      )}
    </span>
  );
}
