"use client";

import { clsx } from "clsx";
import { ArrowLeftRight } from "lucide-react";
import dynamic from "next/dynamic";
import { Popover, type PopoverTriggerProps } from "#components/ui/popover.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { useRelays } from "./relay-context.ts";
import { RelayMark } from "./relay-mark.tsx";
import { plainStanding, progress, shortTargets, standing } from "./relay-words.ts";
import type { RelayKind, RelayView } from "./relays.ts";

const RelayPanel = dynamic(() => import("./relay-panel.tsx").then((module) => module.RelayPanel), {
  ssr: false,
  loading: () => <p className="p-4 text-xs text-faint">Loading</p>,
});

type RelayButtonProps = {
  bin: Bin;
  api: ApiClient;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** In the header: who takes the requests, to where, how far behind; opens the rest. */
export function RelayButton({ bin, api, open, onOpenChange }: RelayButtonProps) {
  const views = useRelays();
  return (
    <>
      <Popover
        label={views.length === 0 ? "Forward to localhost" : "Listeners"}
        open={open}
        onOpenChange={onOpenChange}
        className="w-[27rem] max-md:w-auto"
        trigger={(props) => <Trigger views={views} {...props} />}
      >
        <RelayPanel bin={bin} api={api} />
      </Popover>
      <span role="status" className="sr-only">
        {views.map(({ relay, kind }) => `Listener ${relay.name} ${plainStanding[kind]}. `)}
      </span>
    </>
  );
}

function Trigger({ views, ...props }: PopoverTriggerProps & { views: readonly RelayView[] }) {
  return (
    <button
      type="button"
      {...props}
      aria-label={spoken(views)}
      className="touch-target flex h-8 min-w-0 cursor-pointer items-center gap-2 rounded-md px-1.5 text-xs font-medium text-muted hover:bg-hover hover:text-ink aria-expanded:bg-hover max-md:pr-2"
    >
      {views.length === 0 ? (
        <>
          <ArrowLeftRight size={15} strokeWidth={1.75} aria-hidden className="shrink-0" />
          <span className="whitespace-nowrap md:max-lg:hidden">To localhost</span>
        </>
      ) : (
        <Summary views={views} />
      )}
    </button>
  );
}

/** The one that needs eyes comes first. */
const order: readonly RelayKind[] = ["silent", "away", "unknown", "connected"];

function Summary({ views }: { views: readonly RelayView[] }) {
  const [only, ...others] = views;
  if (only && others.length === 0) return <One view={only} />;
  if (others.length === 1) {
    return views.map((view) => (
      <span key={view.relay.name} className="flex min-w-0 items-center gap-1.5">
        <RelayMark kind={view.kind} />
        <Name view={view} />
        <Waiting view={view} />
      </span>
    ));
  }
  const worst = order.find((kind) => views.some((view) => view.kind === kind)) ?? "unknown";
  const connected = views.filter(({ kind }) => kind === "connected").length;
  return (
    <>
      <RelayMark kind={worst} />
      <span className="whitespace-nowrap">
        {connected} of {views.length} connected
      </span>
    </>
  );
}

function One({ view }: { view: RelayView }) {
  const { relay, kind } = view;
  const target = shortTargets(relay.targets);
  return (
    <>
      <RelayMark kind={kind} />
      <Name view={view} />
      {kind === "connected" && target && (
        <span className="wire max-w-44 truncate text-muted max-sm:hidden md:max-xl:hidden">
          → {target}
        </span>
      )}
      {kind !== "connected" && <Standing view={view} />}
      <Waiting view={view} />
    </>
  );
}

const Name = ({ view }: { view: RelayView }) => (
  <span className="wire max-w-32 truncate text-ink">{view.relay.name}</span>
);

function Standing({ view }: { view: RelayView }) {
  return (
    <span
      className={clsx(
        "truncate",
        view.waiting > 0 && "max-md:hidden",
        view.kind === "silent" && "text-warn",
      )}
    >
      {standing(view, useNow())}
    </span>
  );
}

function Waiting({ view }: { view: RelayView }) {
  if (view.waiting === 0 || view.kind === "unknown") return null;
  return <span className="whitespace-nowrap text-warn">{progress(view)}</span>;
}

function spoken(views: readonly RelayView[]): string {
  if (views.length === 0) return "To localhost: no listener";
  const each = views.map((view) => {
    const target = shortTargets(view.relay.targets);
    const way = target ? ` to ${target}` : "";
    return `${view.relay.name}${way}, ${plainStanding[view.kind]}, ${progress(view)}`;
  });
  return `Listeners: ${each.join("; ")}`;
}
