"use client";

import { clsx } from "clsx";
import { Eye, EyeOff } from "lucide-react";
import { useMemo } from "react";
import { WireRuns } from "#components/request/wire-text.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Entry } from "#lib/compare/comparison.ts";
import { compareWords } from "#lib/compare/words.ts";
import { Cell, markOf, Pair } from "./cell.tsx";
import { Value } from "./value.tsx";
import { kindsOf, kindWords } from "./words.ts";

/** Characters of a path that are shown; all of it is copied. */
const LABEL_SHOWN = 300;

type EntryRowProps = {
  entry: Entry;
  isMasked: boolean;
  isCurrent: boolean;
  /** Null where there is no mask to be edited. */
  onMask: ((place: string, isOn: boolean) => void) | null;
};

/** A named difference: what it is called, what became of it, and both values. */
export function EntryRow({ entry, isMasked, isCurrent, onMask }: EntryRowProps) {
  const { label, place, kinds, before, after } = entry;
  const [first] = kinds;
  return (
    <div
      data-current={isCurrent || undefined}
      className={clsx(
        "group/row border-b border-line py-1",
        isCurrent && "shadow-[inset_3px_0_0_var(--color-accent)]",
      )}
    >
      <div className="flex min-h-7 items-center gap-2 pr-1 pl-2">
        <span aria-hidden className="wire w-[1ch] shrink-0 text-muted select-none">
          {first && kindWords[first].sign}
        </span>
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5">
          <bdi dir="ltr" className="wire font-medium wrap-anywhere">
            <WireRuns text={label.slice(0, LABEL_SHOWN)} />
            {label.length > LABEL_SHOWN && "…"}
          </bdi>
          {kinds.length > 0 && <span className="text-xs text-muted">{kindsOf(entry)}</span>}
          {isMasked && <Badge>always changes</Badge>}
        </span>
        {first && (
          <span className="flex shrink-0 opacity-0 transition-opacity group-focus-within/row:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-100">
            <CopyButton text={label} label={`Copy the path ${label.slice(0, 80)}`} />
            {onMask && (
              <IconButton
                icon={isMasked ? Eye : EyeOff}
                label={isMasked ? "Show as a difference" : "Always changes: fold it away"}
                onClick={() => onMask(place, !isMasked)}
              />
            )}
          </span>
        )}
      </div>
      {first === undefined ? (
        <Cell kind="same" isMasked={false}>
          <Value text={before ?? ""} mark="" />
        </Cell>
      ) : (
        <Values before={before} after={after} isMasked={isMasked} isMoved={before === after} />
      )}
    </div>
  );
}

type ValuesProps = Pick<Entry, "before" | "after"> & { isMasked: boolean; isMoved: boolean };

function Values({ before, after, isMasked, isMoved }: ValuesProps) {
  const words = useMemo(
    () => (before === null || after === null || isMoved ? null : compareWords(before, after)),
    [before, after, isMoved],
  );
  if (before === null && after === null) return null;
  if (isMoved) {
    return (
      <Cell kind="same" isMasked={isMasked}>
        <Value text={before ?? ""} mark="" />
      </Cell>
    );
  }
  return (
    <Pair>
      {before === null ? (
        <Cell kind="none" isMasked={false} className="@max-3xl:hidden" />
      ) : (
        <Cell
          kind="removed"
          isMasked={isMasked}
          actions={<CopyValue text={before} which="before" />}
        >
          <Value text={before} pieces={words?.[0]} mark={markOf("removed")} />
        </Cell>
      )}
      {after === null ? (
        <Cell kind="none" isMasked={false} className="@max-3xl:hidden" />
      ) : (
        <Cell kind="added" isMasked={isMasked} actions={<CopyValue text={after} which="now" />}>
          <Value text={after} pieces={words?.[1]} mark={markOf("added")} />
        </Cell>
      )}
    </Pair>
  );
}

function CopyValue({ text, which }: { text: string; which: string }) {
  return (
    <CopyButton
      text={text}
      label={`Copy the value ${which}`}
      className="-my-1.5 opacity-0 transition-opacity group-focus-within/cell:opacity-100 group-hover/cell:opacity-100 pointer-coarse:opacity-100"
    />
  );
}
