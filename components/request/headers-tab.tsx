"use client";

import { clsx } from "clsx";
import { type ReactNode, useMemo } from "react";
import { Choice } from "#components/ui/choice.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { HeaderPair } from "#lib/contract/headers.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { type HeaderGroup, groupHeaders } from "./header-groups.ts";
import { HeaderTable } from "./header-table.tsx";
import { type HeaderOrder, useHeaderOrder } from "./use-header-order.ts";

/** Headers and, below them, trailers, which come after the body. */
export function HeadersTab({ request }: { request: CapturedRequest }) {
  const { headers, trailers, provider } = request;
  const [order, setOrder] = useHeaderOrder();
  const groups = useMemo(
    () => groupHeaders(headers, provider?.id ?? null),
    [headers, provider?.id],
  );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <HeaderSection
        words="Headers"
        headers={headers}
        groups={order === "grouped" ? groups : null}
        actions={
          <Choice label="List the headers" value={order} onChange={setOrder} choices={orders} />
        }
      />
      {trailers.length > 0 && (
        <HeaderSection words="Trailers, sent after the body" headers={trailers} bounded />
      )}
    </div>
  );
}

type HeaderSectionProps = {
  words: string;
  headers: readonly HeaderPair[];
  groups?: readonly HeaderGroup[] | null;
  actions?: ReactNode;
  bounded?: boolean;
};

function HeaderSection(props: HeaderSectionProps) {
  const { words, headers, groups = null, actions, bounded = false } = props;
  const text = headers.map(([name, value]) => `${name}: ${value}`).join("\r\n");
  return (
    <section
      aria-label={words}
      className={clsx("flex min-h-0 flex-col", bounded ? "max-h-2/5 shrink-0" : "flex-initial")}
    >
      <div className="flex shrink-0 items-center gap-3 border-b border-line py-1 pr-2 pl-4">
        <h3 className={clsx("text-xs text-faint", actions && "sr-only")}>
          {words} · {headers.length}
        </h3>
        {actions}
        <CopyButton
          size="sm"
          text={text}
          label="Copy all"
          disabled={headers.length === 0}
          className="ml-auto"
        />
      </div>
      {headers.length === 0 ? (
        <p className="px-4 py-6 text-muted">This request has no headers.</p>
      ) : (
        <HeaderTable headers={headers} groups={groups} label={words} isSearched={!bounded} />
      )}
    </section>
  );
}

const orders: { value: HeaderOrder; label: string }[] = [
  { value: "grouped", label: "Grouped" },
  { value: "as sent", label: "As sent" },
];
