"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { RequestList } from "#components/inspector/request-list.tsx";
import { RequestPane, type RequestTab } from "#components/request/request-pane.tsx";
import { fetchTheRest } from "#components/ui/later.tsx";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { cannedApi, exampleBin } from "./canned.ts";
import { useRecording } from "./use-recording.ts";

/** The inspector itself, on a recording that plays in the page alone. */
export function Demo() {
  const requests = useRecording();
  useEffect(fetchTheRest, []);
  const latest = useRef(requests);
  latest.current = requests;
  const api = useMemo(() => cannedApi(() => latest.current), []);
  const [gone, setGone] = useState<ReadonlySet<number>>(new Set());
  const [openId, setOpenId] = useState<string | null>(null);
  const [tab, setTab] = useState<RequestTab>("Body");
  const list = useRef<HTMLDivElement>(null);
  const items = useMemo(() => requests.filter(({ seq }) => !gone.has(seq)), [requests, gone]);
  const opened = items.find(({ id }) => id === openId) ?? items.at(-1) ?? null;
  const open = useCallback((request: RequestSummary) => setOpenId(request.id), []);
  const listed = useMemo(
    () => ({ items, hasMore: false, older: "idle" as const, onOlder: () => {} }),
    [items],
  );
  return (
    <div className="flex h-[36rem] overflow-hidden rounded-lg border border-line bg-surface max-md:h-[46rem] max-md:flex-col">
      <div className="flex shrink-0 flex-col border-line max-md:h-60 max-md:border-b md:w-[21rem] md:border-r">
        <RequestList
          listed={listed}
          selected={opened}
          reads={allRead}
          marked={none}
          listRef={list}
          onOpen={open}
          onMark={open}
        />
      </div>
      <div className="min-h-0 min-w-0 flex-1">
        {opened && (
          <RequestPane
            key={opened.id}
            bin={exampleBin}
            summary={opened}
            api={api}
            tab={tab}
            onTab={setTab}
            onDelete={() => setGone((now) => new Set(now).add(opened.seq))}
          />
        )}
      </div>
    </div>
  );
}

const allRead = { through: Number.POSITIVE_INFINITY, above: [] };
const none: ReadonlySet<number> = new Set();
