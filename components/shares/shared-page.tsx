"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import { Opening } from "#components/access/opening.tsx";
import { usePrivateLink } from "#components/access/use-private-link.ts";
import { CommandProvider } from "#components/commands/command-provider.tsx";
import { later } from "#components/ui/later.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import { createViewerClient } from "#lib/contract/share-client.ts";
import { createShareSession } from "./share-session.ts";
import { SharedContext } from "./shared-context.ts";
import { ShareProblem } from "./share-problem.tsx";

const SharedView = later(
  () => import("./shared-view.tsx").then((module) => module.SharedView),
  <Opening />,
);

/** The page of a share: lets the browser in by the link, then shows what others see, whoever looks. */
export function SharedPage({ shareId }: { shareId: string }) {
  const api = useMemo(() => createViewerClient(), []);
  const { state } = usePrivateLink(shareId, api);
  if (state.kind === "opening") return <Opening />;
  if (state.kind === "refused") return <ShareProblem problem={state.problem} />;
  return <Followed key={state.turn} shareId={shareId} api={api} />;
}

function Followed({ shareId, api }: { shareId: string; api: ApiClient }) {
  const session = useMemo(() => createShareSession(shareId, api), [shareId, api]);
  useEffect(() => {
    session.start();
    return session.stop;
  }, [session]);
  const state = useSyncExternalStore(session.subscribe, session.get, session.get);
  const { view, problem, isOver } = state;
  if (problem && (isOver || !view)) return <ShareProblem problem={problem} />;
  if (!view) return <Opening />;
  return (
    <SharedContext value={true}>
      <CommandProvider>
        <SharedView view={view} state={state} session={session} api={api} />
      </CommandProvider>
    </SharedContext>
  );
}
