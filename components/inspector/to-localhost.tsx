"use client";

import { useRelays } from "#components/relay/relay-context.ts";
import { RelayMark } from "#components/relay/relay-mark.tsx";
import { progress, shortTargets, standing } from "#components/relay/relay-words.ts";
import type { RelayView } from "#components/relay/relays.ts";
import { later } from "#components/ui/later.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { useNow } from "#components/ui/use-now.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";

const ConnectSection = later(
  () => import("#components/relay/connect-section.tsx").then((module) => module.ConnectSection),
  <div className="h-32" />,
);

type ToLocalhostProps = { bin: Bin; api: ApiClient };

/** Below the ways in: the way on, or who is on it already. */
export function ToLocalhost({ bin, api }: ToLocalhostProps) {
  const views = useRelays();
  return (
    <section className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <h3 className="text-xs font-medium text-faint">From here on to localhost</h3>
      {views.length > 0 && (
        <ul className="flex flex-col gap-1">
          {views.map((view) => (
            <Line key={view.relay.name} view={view} />
          ))}
        </ul>
      )}
      <ConnectSection bin={bin} api={api} />
    </section>
  );
}

function Line({ view }: { view: RelayView }) {
  const { relay, kind } = view;
  const now = useNow();
  const target = shortTargets(relay.targets);
  return (
    <li className="flex items-center gap-2">
      <RelayMark kind={kind} />
      <span className="min-w-0 flex-1">
        <span className="wire">{plainName(relay.name)}</span>
        {target && <span className="wire text-muted"> → {target}</span>}
        <span className="text-muted">
          , {standing(view, now)}
          {kind !== "unknown" && `, ${progress(view)}`}
        </span>
      </span>
    </li>
  );
}
