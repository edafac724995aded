"use client";

import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { clsx } from "clsx";
import { type ReactNode, useMemo } from "react";
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
        actions={<OrderSwitch order={order} onChange={setOrder} />}
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
        <HeaderTable headers={headers} groups={groups} label={words} />
      )}
    </section>
  );
}

const orders: { order: HeaderOrder; name: string }[] = [
  { order: "grouped", name: "Grouped" },
  { order: "as sent", name: "As sent" },
];

type OrderSwitchProps = { order: HeaderOrder; onChange: (order: HeaderOrder) => void };

function OrderSwitch({ order, onChange }: OrderSwitchProps) {
  return (
    <ToggleGroup
      aria-label="List the headers"
      value={[order]}
      onValueChange={([next]) => next && onChange(next as HeaderOrder)}
      className="flex rounded-md bg-sunken p-0.5"
    >
      {orders.map(({ order: value, name }) => (
        <Toggle
          key={value}
          value={value}
          className="touch-target h-6 cursor-pointer rounded-sm px-2.5 text-xs text-muted hover:text-ink data-pressed:bg-raised data-pressed:font-medium data-pressed:text-ink data-pressed:shadow-[0_0_0_1px_var(--color-line)]"
        >
          {name}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
