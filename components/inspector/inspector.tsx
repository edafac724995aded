"use client";

import { useEffect, useMemo } from "react";
import { CommandProvider } from "#components/commands/command-provider.tsx";
import { firstKey } from "#components/access/private-link.ts";
import { later } from "#components/ui/later.tsx";
import { WIDE } from "#components/ui/use-media.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { BinView } from "./bin-view.tsx";
import { Opening } from "#components/access/opening.tsx";
import { RequestPane, Waiting } from "./pane-column.tsx";
import { RelayProvider } from "./relay-provider.tsx";
import { useBin } from "./use-bin.ts";
import { openedId } from "./use-selection.ts";
import { usePrivateLink } from "#components/access/use-private-link.ts";

const ProblemView = later(
  () => import("#components/access/problem-view.tsx").then((module) => module.ProblemView),
  <Opening />,
);

/** The page of a bin: lets the browser in, then follows the bin. */
export function Inspector({ binId }: { binId: string }) {
  const api = useMemo(() => createApiClient(), []);
  const { state, enter } = usePrivateLink(binId, api);
  useEffect(() => {
    // What will be beside the list, as far as can be told: fetched with the list, not after it.
    const beside = firstKey(binId) ? Waiting : RequestPane;
    if (matchMedia(WIDE).matches || openedId()) void beside.fetch().catch(() => undefined);
  }, [binId]);
  if (state.kind === "opening") return <Opening />;
  if (state.kind === "refused") {
    return <ProblemView problem={state.problem} ended="link" onEnter={enter} />;
  }
  return <Followed key={state.turn} binId={binId} api={api} onEnter={enter} />;
}

type FollowedProps = {
  binId: string;
  api: ReturnType<typeof createApiClient>;
  onEnter: (linkOrKey: string) => Promise<void>;
};

function Followed({ binId, api, onEnter }: FollowedProps) {
  const [state, session] = useBin(binId, api);
  const { bin, problem, ended } = state;
  if (problem && (ended || !bin)) {
    return <ProblemView problem={problem} ended={ended} onEnter={onEnter} />;
  }
  if (!bin) return <Opening />;
  return (
    <CommandProvider>
      <RelayProvider state={state}>
        <BinView bin={bin} state={state} session={session} api={api} />
      </RelayProvider>
    </CommandProvider>
  );
}
