"use client";

import { Asterisk, Copy, FilterX, ListFilter } from "lucide-react";
import { useMemo, useRef } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { copyText } from "#components/ui/copy-text.ts";
import { OpenMenu } from "#components/ui/menu.tsx";
import { MenuItem } from "#components/ui/menu-items.tsx";
import { addTerm, composeAny, composeTerm } from "#lib/search/compose.ts";
import type { ShownValue } from "./value-filter.ts";

type ValueMenuProps = {
  anchor: HTMLElement;
  value: ShownValue;
  query: string;
  onQuery: (query: string) => void;
  onClose: () => void;
};

/** What can be done with one value of a request. */
export function ValueMenu({ anchor, value, query, onQuery, onClose }: ValueMenuProps) {
  const trigger = useRef(anchor);
  trigger.current = anchor;
  const { term, any } = useMemo(
    () => ({ term: composeTerm(value.seen), any: composeAny(value.seen) }),
    [value],
  );
  const isKeyed = "name" in value.seen || value.seen.field === "body";
  return (
    <OpenMenu label={term ?? "This value"} trigger={trigger} align="start" onClose={onClose}>
      <p className="max-w-80 truncate px-2 pt-1 pb-1.5 text-xs text-muted">
        {term ? <WireText text={term} /> : "No field of the filter leads to this value."}
      </p>
      {term && (
        <>
          <MenuItem icon={ListFilter} onClick={() => onQuery(addTerm(query, term, "with"))}>
            Only with this
          </MenuItem>
          <MenuItem icon={FilterX} onClick={() => onQuery(addTerm(query, term, "without"))}>
            Without this
          </MenuItem>
        </>
      )}
      {any && any !== term && isKeyed && (
        <MenuItem icon={Asterisk} onClick={() => onQuery(addTerm(query, any, "with"))}>
          With any value here
        </MenuItem>
      )}
      <MenuItem icon={Copy} onClick={() => void copyText(value.text)}>
        Copy
      </MenuItem>
    </OpenMenu>
  );
}
