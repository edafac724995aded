"use client";

import { useMemo } from "react";
import { CommandProvider } from "#components/commands/command-provider.tsx";
import { createApiClient } from "#lib/contract/client.ts";
import { BinView } from "./bin-view.tsx";
import { Opening } from "#components/access/opening.tsx";
import { ProblemView } from "#components/access/problem-view.tsx";
import { RelayProvider } from "./relay-provider.tsx";
import { useBin } from "./use-bin.ts";
import { usePrivateLink } from "#components/access/use-private-link.ts";

/** The page of a bin: lets the browser in, then follows the bin. */
export function Inspector({ binId }: { binId: string }) {
  const api = useMemo(() => createApiClient(), []);
  const { state, enter } = usePrivateLink(binId, api);
  if (state.kind === "opening") return <Opening />;
  if (state.kind === "refused") return <ProblemView problem={state.problem} onEnter={enter} />;
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
