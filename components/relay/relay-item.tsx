"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { formatCount, formatExact } from "#components/ui/format.ts";
import { plainName } from "#components/ui/plain-name.ts";
import { Time } from "#components/ui/time.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { LISTENER_KEPT_DAYS } from "#lib/contract/relay.ts";
import { messageOf } from "#lib/message-of.ts";
import { RelayMark } from "./relay-mark.tsx";
import { standing } from "./relay-words.ts";
import type { RelayKind, RelayView } from "./relays.ts";

type RelayItemProps = { view: RelayView; onRemove: () => Promise<void> };

const tones: Record<RelayKind, string> = {
  connected: "text-good",
  silent: "text-warn",
  away: "text-muted",
  unknown: "text-muted",
};

/** One listener: how it stands, where it takes requests, how far it is. */
export function RelayItem({ view, onRemove }: RelayItemProps) {
  const [isAsking, setAsking] = useState(false);
  const { relay, kind } = view;
  return (
    <li aria-label={relay.name} className="flex flex-col gap-1 border-b border-line px-4 py-3">
      <div className="flex items-center gap-2">
        <RelayMark kind={kind} />
        <span className="wire min-w-0 flex-1 truncate font-medium" title={relay.name}>
          {plainName(relay.name)}
        </span>
        <span className={`shrink-0 text-xs font-medium ${tones[kind]}`}>
          {standing(view, useNow())}
        </span>
      </div>
      <div className="flex flex-col gap-1 pl-5">
        {relay.targets.map((target) => (
          <span key={target} className="wire wrap-anywhere text-muted">
            → {target}
          </span>
        ))}
        <p className="text-xs text-muted">
          <Progress view={view} />
        </p>
        {relay.tookOverAt !== null && (
          <p className="text-xs text-muted">
            It took this name over from another process <Time ago at={relay.tookOverAt} />: that one
            has ended. <code>--name</code> keeps two apart.
          </p>
        )}
        <div className="flex items-center gap-2 text-xs text-faint">
          <p className="min-w-0 flex-1">
            heard <Time ago at={relay.heardAt} />
            {kind === "connected" && (
              <>
                , connected <Time ago at={relay.connectedAt} />
              </>
            )}
            {relay.version && `, version ${relay.version}`}
          </p>
          {!isAsking && (
            <Button size="sm" variant="quiet" onClick={() => setAsking(true)}>
              Remove
              <span className="sr-only"> {relay.name}</span>
            </Button>
          )}
        </div>
        {isAsking && <Removal view={view} onRemove={onRemove} onKeep={() => setAsking(false)} />}
      </div>
    </li>
  );
}

const requests = (count: number) => `${formatCount(count)} ${count === 1 ? "request" : "requests"}`;

const waits = (count: number) => `${requests(count)} ${count === 1 ? "waits" : "wait"}`;

function Progress({ view: { relay, kind, waiting } }: { view: RelayView }) {
  const place = relay.cursor > 0 ? `delivered up to #${relay.cursor}` : "nothing delivered yet";
  if (kind === "unknown") {
    return `This page is not live, so this may be over: it was ${relay.connected ? "connected" : "away"}, ${place}.`;
  }
  if (kind === "away") {
    const until = new Date(Date.parse(relay.heardAt) + LISTENER_KEPT_DAYS * DAY_MS).toISOString();
    const kept = `until ${formatExact(until).slice(0, 16)}`;
    return waiting > 0
      ? `${waits(waiting)} for it, from #${relay.cursor + 1} on, ${kept}. It gets them when it reconnects; one that is started anew, with --missed deliver.`
      : `Nothing waits for it; ${place}. Its place is kept ${kept}.`;
  }
  if (waiting > 0) {
    return kind === "silent"
      ? `${waits(waiting)} for it; ${place}. What it does not take now comes again.`
      : `${requests(waiting)} behind, ${place}`;
  }
  return `All delivered${relay.cursor > 0 ? `, up to #${relay.cursor}` : ": nothing has come yet"}`;
}

const DAY_MS = 86_400_000;

type RemovalProps = { view: RelayView; onRemove: () => Promise<void>; onKeep: () => void };

function Removal({ view: { relay, kind }, onRemove, onKeep }: RemovalProps) {
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function remove() {
    setRunning(true);
    setFailure(null);
    try {
      await onRemove();
    } catch (error) {
      setFailure(messageOf(error));
      setRunning(false);
    }
  }

  return (
    <div role="group" aria-label={`Remove ${relay.name}?`} className="flex flex-col gap-2 text-xs">
      <p>
        {kind === "away" ? "Its place is forgotten." : "It is cut off, and its place is forgotten."}{" "}
        {relay.behind > 0 && `${requests(relay.behind)} will not be delivered to it. `}
        Its key stays valid.
      </p>
      <div className="flex gap-2">
        <Button size="sm" autoFocus onClick={onKeep}>
          Keep
        </Button>
        <Button size="sm" variant="danger" disabled={running} onClick={() => void remove()}>
          Remove
        </Button>
      </div>
      {failure && (
        <p role="alert" className="text-bad">
          {failure}
        </p>
      )}
    </div>
  );
}
