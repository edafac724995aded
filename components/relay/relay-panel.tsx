"use client";

import { useContext, useRef } from "react";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { ConnectSection } from "./connect-section.tsx";
import { RelayContext, useRelays } from "./relay-context.ts";
import { RelayItem } from "./relay-item.tsx";

type RelayPanelProps = { bin: Bin; api: ApiClient };

/** The machines that take this bin's requests, and the way to connect one. */
export function RelayPanel({ bin, api }: RelayPanelProps) {
  const views = useRelays();
  const { isLive } = useContext(RelayContext);
  const heading = useRef<HTMLHeadingElement>(null);

  async function remove(name: string) {
    await api.removeListener(bin.id, name);
    // Its own buttons go with it.
    heading.current?.focus();
  }

  return (
    <>
      <div className="flex items-baseline gap-2 border-b border-line px-4 py-3">
        <h2 ref={heading} tabIndex={-1} className="flex-1 font-semibold outline-none">
          {views.length === 0 ? "Forward to localhost" : "Listeners"}
        </h2>
        {!isLive && <span className="text-xs text-warn">as last told: this page is not live</span>}
      </div>
      {views.length > 0 && (
        <ul aria-label="Listeners">
          {views.map((view) => (
            <RelayItem key={view.relay.name} view={view} onRemove={() => remove(view.relay.name)} />
          ))}
        </ul>
      )}
      <div className="p-4">
        {views.length === 0 && (
          <p className="mb-3 text-muted">
            A small program on your machine fetches each request and hands it to your code, byte for
            byte, in order. Nothing on your machine is opened to the internet.
          </p>
        )}
        <ConnectSection bin={bin} api={api} />
      </div>
    </>
  );
}
