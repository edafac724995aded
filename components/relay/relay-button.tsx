"use client";

import { clsx } from "clsx";
import { ArrowLeftRight } from "lucide-react";
import { later } from "#components/ui/later.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { Popover, type PopoverTriggerProps } from "#components/ui/popover.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { useRelays } from "./relay-context.ts";
import { RelayMark } from "./relay-mark.tsx";
import { plainStanding, progress, shortTargets, standing } from "./relay-words.ts";
import type { RelayKind, RelayView } from "./relays.ts";

const RelayPanel = later(
  () => import("./relay-panel.tsx").then((module) => module.RelayPanel),
  <p className="p-4 text-xs text-faint">Loading</p>,
);

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
        align="end"
        className="w-[27rem] rounded-lg text-base select-text"
        trigger={(props) => <Trigger views={views} {...props} />}
      >
        <RelayPanel bin={bin} api={api} />
      </Popover>
      <span role="status" className="sr-only">
        {views.map(
          ({ relay, kind }) => `Listener ${plainName(relay.name)} ${plainStanding[kind]}. `,
        )}
      </span>
    </>
  );
}

function Trigger({ views, ...props }: PopoverTriggerProps & { views: readonly RelayView[] }) {
  return (
    <button
      type="button"
      {...props}
      {...(views.length === 0 && { "aria-label": "To localhost: no listener" })}
      className="touch-target flex h-8 min-w-0 cursor-pointer items-center gap-2 rounded-md px-1.5 text-xs font-medium text-muted hover:bg-hover hover:text-ink aria-expanded:bg-hover max-md:pr-2"
    >
      {views.length === 0 ? (
        <>
          <ArrowLeftRight size={15} strokeWidth={1.75} aria-hidden className="shrink-0" />
          <span className="whitespace-nowrap md:max-lg:hidden">To localhost</span>
        </>
      ) : (
        <>
          <span className="sr-only">Listeners: </span>
          {views.length > NAMED_MAX ? <Count views={views} /> : <Named views={views} />}
        </>
      )}
    </button>
  );
}

/** More of them have no room for their names. */
const NAMED_MAX = 2;

/** The one that needs eyes comes first. */
const order: readonly RelayKind[] = ["silent", "away", "unknown", "connected"];

function Count({ views }: { views: readonly RelayView[] }) {
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

function Named({ views }: { views: readonly RelayView[] }) {
  return views.map((view, index) => (
    <span key={view.relay.name} className="flex min-w-0 items-center gap-1.5">
      {index > 0 && <span className="sr-only">; </span>}
      <RelayMark kind={view.kind} />
      <span className="wire max-w-32 truncate text-ink">{plainName(view.relay.name)}</span>
      <Target view={view} isAlone={views.length === 1} />
      <Standing view={view} isAlone={views.length === 1} />
      <Waiting view={view} />
    </span>
  ));
}

type PartProps = { view: RelayView; isAlone: boolean };

function Target({ view: { relay, kind }, isAlone }: PartProps) {
  const target = shortTargets(relay.targets);
  if (!target) return null;
  const isShown = isAlone && kind === "connected";
  return (
    <span
      className={clsx(
        "wire max-w-44 truncate text-muted",
        isShown ? "max-sm:sr-only md:max-xl:sr-only" : "sr-only",
      )}
    >
      {" "}
      → {target}
    </span>
  );
}

/** What the mark says, in words: read out always, shown where there is room. */
function Standing({ view, isAlone }: PartProps) {
  const isShown = isAlone && view.kind !== "connected";
  const words = standing(view, useNow());
  if (!isShown) return <span className="sr-only">, {plainStanding[view.kind]}</span>;
  return (
    <span
      className={clsx(
        "truncate",
        view.waiting > 0 && "max-md:sr-only",
        view.kind === "silent" && "text-warn",
      )}
    >
      <span className="sr-only">, </span>
      {words}
    </span>
  );
}

function Waiting({ view }: { view: RelayView }) {
  if (view.kind === "unknown") return null;
  const isShown = view.waiting > 0;
  return (
    <span className={isShown ? "whitespace-nowrap text-warn" : "sr-only"}>
      <span className="sr-only">, </span>
      {progress(view)}
    </span>
  );
}
