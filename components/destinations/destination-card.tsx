"use client";

import { clsx } from "clsx";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { formatCount } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Destination } from "#lib/contract/destinations.ts";
import { messageOf } from "#lib/message-of.ts";
import { DestinationForm } from "./destination-form.tsx";
import { valuesOf } from "./form-values.ts";
import { type Told, TroubledForwards } from "./troubled-forwards.tsx";
import type { DestinationsState } from "./use-destinations.ts";
import { type Standing, standingOf } from "./words.ts";

type DestinationCardProps = {
  binId: string;
  destination: Destination;
  destinations: DestinationsState;
};

/** One destination: where it goes, how it stands, what did not arrive. */
export function DestinationCard({ binId, destination, destinations }: DestinationCardProps) {
  const { id, url, enabled, missed, counts } = destination;
  const [isEditing, setEditing] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  const turn = (on: boolean) => {
    setTold(null);
    destinations
      .change(id, { enabled: on })
      .catch((error: unknown) => setTold({ tone: "bad", words: messageOf(error) }));
  };
  return (
    <li className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 flex-1 basis-60 wrap-anywhere">
          <WireText text={url} className="font-medium" />
        </h2>
        <div className="flex items-center gap-x-3 max-md:w-full">
          <Switch checked={enabled} onChange={turn}>
            <span className="text-xs">{enabled ? "On" : "Off"}</span>
          </Switch>
          <span className="flex gap-x-3 max-md:ml-auto">
            <IconButton
              icon={Pencil}
              label="Change its settings"
              aria-expanded={isEditing}
              onClick={() => setEditing(!isEditing)}
            />
            <IconButton icon={Trash2} label="Delete it" onClick={() => setRemoving(true)} />
          </span>
        </div>
      </div>
      <StandingLine standing={standingOf(destination)} isOld={destinations.failure !== null} />
      <Facts destination={destination} />
      {told && <Notice tone={told.tone}>{told.words}</Notice>}
      {missed > 0 && (
        <Notice tone="warn">
          {formatCount(missed)} {missed === 1 ? "request was" : "requests were"} removed, by a cap,
          retention or a person, before {missed === 1 ? "it" : "they"} could be given to it.
        </Notice>
      )}
      {isEditing && (
        <DestinationForm
          values={valuesOf(destination)}
          action="Save"
          onSave={async (input) => {
            const { from: _, ...patch } = input;
            await destinations.change(id, patch);
            setEditing(false);
          }}
          onCancel={() => setEditing(false)}
        />
      )}
      {counts.failed > 0 && (
        <TroubledForwards
          state="failed"
          count={counts.failed}
          {...{ binId, destination, destinations }}
          onTold={setTold}
        />
      )}
      {counts.dead > 0 && (
        <TroubledForwards
          state="dead"
          count={counts.dead}
          {...{ binId, destination, destinations }}
          onTold={setTold}
        />
      )}
      {isRemoving && (
        <ConfirmDialog
          title="Delete this destination?"
          description={`Nothing more goes to ${url}. What is still on its way there is given up, and stays listed with its request.`}
          action="Delete destination"
          onConfirm={() => destinations.remove(id)}
          onClose={() => setRemoving(false)}
        />
      )}
    </li>
  );
}

const tones: Record<Standing["tone"], string> = {
  good: "bg-good",
  warn: "bg-warn",
  bad: "bg-bad",
  off: "bg-faint",
};

type StandingLineProps = { standing: Standing /** It could not be read again. */; isOld: boolean };

function StandingLine({ standing: { tone, words, nextAt }, isOld }: StandingLineProps) {
  return (
    <div className={clsx("flex items-baseline gap-2", isOld && "text-muted")}>
      <span
        aria-hidden
        className={clsx("size-2 shrink-0 rounded-full", tones[isOld ? "off" : tone])}
      />
      <p className="min-w-0">
        <span role="status">{words}</span>
        {/* Apart from what is announced: it changes by itself. */}
        {nextAt && (
          <span className="text-muted">
            {" "}
            Next try <Time at={nextAt} />.
          </span>
        )}
      </p>
    </div>
  );
}

function Facts({ destination }: { destination: Destination }) {
  const { q, append, resign, ordered, ratePerSecond, retry, cursor } = destination;
  const words = [
    append ? "path and query appended" : "the URL as it is",
    resign && "signed again",
    ordered && "in strict order",
    ratePerSecond !== null && `at most ${ratePerSecond} a second`,
    `${retry.maxAttempts} ${retry.maxAttempts === 1 ? "attempt" : "attempts"} at most`,
    `read up to #${cursor}`,
  ].filter((word) => word !== false);
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
      {q === "" ? (
        <Badge>all requests</Badge>
      ) : (
        <span className="wrap-anywhere">
          only <WireText text={q} className="text-ink" />
        </span>
      )}
      {words.join(" · ")}
    </p>
  );
}
