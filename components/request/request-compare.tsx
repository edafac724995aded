"use client";

import { useCallback, useId, useState } from "react";
import { ComparisonView } from "#components/compare/comparison-view.tsx";
import { kindOf } from "#components/compare/kept-mask.ts";
import { readWhole, type Whole } from "#components/compare/read-message.ts";
import { useKeptMask } from "#components/compare/use-kept-mask.ts";
import { formatExact } from "#components/ui/format.ts";
import { ordinal } from "#components/ui/ordinal.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { ThreadAttempt } from "#lib/contract/threads.ts";
import { LoadState } from "#components/load/load-state.tsx";
import { useLoad } from "#components/load/use-load.ts";

type RequestCompareProps = {
  api: ApiClient;
  binId: string;
  /** The one that is open. */
  id: string;
  attempts: readonly ThreadAttempt[];
};

/** What differs between the open request and another try of its event; at first the one before it. */
export function RequestCompare({ api, binId, id, attempts }: RequestCompareProps) {
  const field = useId();
  const own = attempts.findIndex(({ request }) => request.id === id);
  const others = attempts.filter(({ request }) => request.id !== id);
  const [chosen, setChosen] = useState<string | null>(null);
  const nearest = attempts[own - 1] ?? attempts[own + 1];
  const other = others.find(({ request }) => request.id === chosen) ?? nearest;
  const otherId = other?.request.id ?? id;
  const isLater = other !== undefined && attempts.indexOf(other) > own;
  const [before, after] = isLater ? [id, otherId] : [otherId, id];
  const load = useCallback(
    async (signal: AbortSignal): Promise<[Whole, Whole]> =>
      Promise.all([readWhole(api, binId, before, signal), readWhole(api, binId, after, signal)]),
    [api, binId, before, after],
  );
  const loaded = useLoad(load);
  return (
    <section aria-labelledby={`${field}title`} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 id={`${field}title`} className="font-medium">
          What differs
        </h3>
        <label htmlFor={field} className="text-xs text-muted">
          {isLater ? "in the later" : "since the"}
        </label>
        <select
          id={field}
          value={otherId}
          onChange={(event) => setChosen(event.currentTarget.value)}
          className="touch-target h-7 max-w-full cursor-pointer rounded-md border border-line-strong bg-surface px-2 pr-7 text-xs text-ink"
        >
          {others.map(({ request, try: number, destination }) => (
            <option key={request.id} value={request.id}>
              {ordinal(number)}
              {destination > 1 ? ` to URL ${destination}` : ""}, #{request.seq} ·{" "}
              {formatExact(request.receivedAt).slice(0, 19)}
            </option>
          ))}
        </select>
      </div>
      <LoadState loaded={loaded} what="both requests">
        {([old, now]) => <Changes binId={binId} before={old} after={now} />}
      </LoadState>
    </section>
  );
}

type ChangesProps = { binId: string; before: Whole; after: Whole };

function Changes({ binId, before, after }: ChangesProps) {
  const [mask, setMask] = useKeptMask(binId, kindOf(after.request));
  const notes = [before.note, after.note].filter((note) => note !== null);
  return (
    <div className="flex max-h-[36rem] flex-col rounded-md border border-line">
      <ComparisonView
        before={before.message}
        after={after.message}
        mask={mask}
        onMask={setMask}
        notes={notes}
      />
    </div>
  );
}
