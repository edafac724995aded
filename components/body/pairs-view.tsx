"use client";

import { X } from "lucide-react";
import { type ComponentProps, useMemo, useState } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { percentDecodeBytes } from "#lib/contract/percent.ts";
import { JsonView } from "./json-view.tsx";
import type { Pairs } from "#lib/body/pairs.ts";
import { PairsTable } from "./pairs-table.tsx";
import { looksLikeJson } from "#lib/body/sniff.ts";
import { TextView } from "./text-view.tsx";

type PairsViewProps = Pick<ComponentProps<typeof PairsTable>, "pairs" | "label" | "field">;

/** The fields of a form or a query; one of them, when it is long or holds JSON, opened below. */
export function PairsView({ pairs, label, field }: PairsViewProps) {
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <>
      <PairsTable pairs={pairs} label={label} field={field} onOpen={setOpened} />
      {opened !== null && (
        <OpenedField pairs={pairs} index={opened} onClose={() => setOpened(null)} />
      )}
    </>
  );
}

type OpenedFieldProps = { pairs: Pairs; index: number; onClose: () => void };

function OpenedField({ pairs, index, onClose }: OpenedFieldProps) {
  const { name, bytes } = useMemo(() => {
    const pair = pairs.at(index);
    return { name: pair.name.text, bytes: percentDecodeBytes(pair.rawValue ?? "").bytes };
  }, [pairs, index]);
  return (
    <section
      aria-label={`Value of ${plainName(name)}`}
      className="flex max-h-3/5 min-h-32 shrink-0 flex-col border-t border-line-strong"
    >
      <header className="flex shrink-0 items-center gap-2 border-b border-line py-1 pr-2 pl-4">
        <WireText text={name} className="min-w-0 flex-1 truncate font-medium" />
        <IconButton icon={X} label="Close the value" onClick={onClose} />
      </header>
      {looksLikeJson(bytes) ? (
        <JsonView bytes={bytes} contentType={null} sequence={false} wrap />
      ) : (
        <TextView bytes={bytes} contentType={null} wrap />
      )}
    </section>
  );
}
