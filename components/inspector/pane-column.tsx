"use client";

import { useState } from "react";
import type { KeepActions } from "#components/keep/keep-menu.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { later } from "#components/ui/later.tsx";
import type { RequestTab } from "#components/request/request-pane.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { WatchForwards } from "./bin-state.ts";
import type { Selected } from "./use-selected-request.ts";

const reading = <p className="p-4 text-faint">Reading the request</p>;

export const RequestPane = later(
  () => import("#components/request/request-pane.tsx").then((module) => module.RequestPane),
  reading,
);
export const Waiting = later(() => import("./waiting.tsx").then((module) => module.Waiting));

type PaneColumnProps = {
  bin: Bin;
  /** Nothing is in the list. */
  empty: boolean;
  selected: Selected;
  watchForwards: WatchForwards;
  api: ApiClient;
  onOpen: (id: string) => void;
  onSample: () => void;
  keep: KeepActions;
  onDelete: () => void;
  onClose: () => void;
};

export function PaneColumn(props: PaneColumnProps) {
  const { bin, empty, selected, watchForwards, api, onOpen, onSample, onDelete, onClose } = props;
  const [tab, setTab] = useState<RequestTab>("Body");
  switch (selected.kind) {
    case "loading":
      return reading;
    case "missing":
      return (
        <div className="flex h-full items-center">
          <EmptyState
            title={selected.seq ? `Request #${selected.seq} is gone` : "This request is not here"}
            actions={<Button onClick={onClose}>Back to the list</Button>}
          >
            {selected.message}
          </EmptyState>
        </div>
      );
    case "shown":
      return (
        <RequestPane
          key={selected.summary.id}
          bin={bin}
          summary={selected.summary}
          api={api}
          onOpen={onOpen}
          tab={tab}
          onTab={setTab}
          keep={props.keep}
          onDelete={onDelete}
          watchForwards={watchForwards}
        />
      );
    case "none":
      if (!empty) {
        return (
          <Waiting bin={bin} api={api} onSample={onSample} title="No request is selected">
            Choose one in the list, or press j for the newest. New ones go to this URL:
          </Waiting>
        );
      }
      return bin.lastSeq === 0 ? (
        <Waiting bin={bin} api={api} onSample={onSample} title="Nothing has arrived yet">
          Whatever is sent to this URL shows up here the moment it arrives, byte for byte.
        </Waiting>
      ) : (
        <Waiting bin={bin} api={api} onSample={onSample} title="The list is empty">
          {`All requests were removed. The next one sent to this URL is #${bin.lastSeq + 1}.`}
        </Waiting>
      );
  }
}
