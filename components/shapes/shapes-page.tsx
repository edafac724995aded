"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useEffect, useMemo } from "react";
import { Opening } from "#components/access/opening.tsx";
import { ProblemView } from "#components/access/problem-view.tsx";
import { usePrivateLink } from "#components/access/use-private-link.ts";
import { useBinOnce } from "#components/settings/use-bin-once.ts";
import { Wordmark } from "#components/shell/wordmark.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { type ApiClient, createApiClient } from "#lib/contract/client.ts";
import { ShapesView } from "./shapes-view.tsx";

/** What a bin's requests have in common. */
export function ShapesPage({ binId }: { binId: string }) {
  const api = useMemo(() => createApiClient(), []);
  const { state, enter } = usePrivateLink(binId, api);
  if (state.kind === "opening") return <Opening />;
  if (state.kind === "refused") return <ProblemView problem={state.problem} onEnter={enter} />;
  return <Opened key={state.turn} binId={binId} api={api} onEnter={enter} />;
}

type OpenedProps = {
  binId: string;
  api: ApiClient;
  onEnter: (linkOrKey: string) => Promise<void>;
};

function Opened({ binId, api, onEnter }: OpenedProps) {
  const { bin, problem } = useBinOnce(binId, api);
  useEffect(() => {
    if (bin) document.title = `Shapes · ${plainName(bin.name ?? "Unnamed bin")} · Hooklens`;
  }, [bin]);
  if (problem) return <ProblemView problem={problem} onEnter={onEnter} />;
  if (!bin) return <Opening />;
  return (
    <div className="flex h-dvh flex-col max-md:h-auto max-md:min-h-dvh">
      <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line bg-surface px-4 max-md:gap-0 max-md:pl-0">
        <Wordmark compact />
        <span aria-hidden className="h-5 w-px bg-line max-md:hidden" />
        <Link href={`/b/${bin.id}`} className={buttonClass({ variant: "quiet" })}>
          <ArrowLeft size={16} aria-hidden />
          Requests
        </Link>
        <h1 className="ml-2 min-w-0 truncate font-semibold">
          <bdi>{bin.name ?? "Unnamed bin"}</bdi>{" "}
          <span className="font-normal text-faint">shapes</span>
        </h1>
      </header>
      <ShapesView binId={bin.id} api={api} />
    </div>
  );
}
