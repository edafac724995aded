"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useMemo } from "react";
import { Opening } from "#components/access/opening.tsx";
import { ProblemView } from "#components/access/problem-view.tsx";
import { usePrivateLink } from "#components/access/use-private-link.ts";
import { CaptureUrl } from "#components/inspector/capture-url.tsx";
import { useBinOnce } from "#components/settings/use-bin-once.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import type { Bin } from "#lib/contract/bins.ts";
import { type ApiClient, createApiClient } from "#lib/contract/client.ts";
import { Wordmark } from "./wordmark.tsx";

export type OpenBin = {
  bin: Bin;
  api: ApiClient;
  onChanged: (bin: Bin) => void;
  /** Reads the bin again. */
  reload: () => void;
};

type BinPageProps = {
  binId: string;
  /** What of the bin it shows: "settings". */
  title: string;
  children: (open: OpenBin) => ReactNode;
};

/** A page about a bin beside its requests, for whoever may see the bin. */
export function BinPage({ binId, ...page }: BinPageProps) {
  const api = useMemo(() => createApiClient(), []);
  const { state, enter } = usePrivateLink(binId, api);
  if (state.kind === "opening") return <Opening />;
  if (state.kind === "refused") return <ProblemView problem={state.problem} onEnter={enter} />;
  return <Opened key={state.turn} binId={binId} api={api} onEnter={enter} {...page} />;
}

type OpenedProps = BinPageProps & { api: ApiClient; onEnter: (linkOrKey: string) => Promise<void> };

function Opened({ binId, api, onEnter, title, children }: OpenedProps) {
  const { bin, problem, setBin, reload } = useBinOnce(binId, api);
  useEffect(() => {
    if (!bin) return;
    const name = plainName(bin.name ?? "Unnamed bin");
    document.title = `${title.charAt(0).toUpperCase()}${title.slice(1)} · ${name} · Hooklens`;
  }, [bin, title]);
  if (problem) return <ProblemView problem={problem} onEnter={onEnter} />;
  if (!bin) return <Opening />;
  return (
    <>
      <header className="sticky top-0 z-10 flex h-13 items-center gap-2 border-b border-line bg-surface pr-4 pl-4 max-md:gap-0 max-md:pl-0">
        <Wordmark compact />
        <span aria-hidden className="h-5 w-px bg-line max-md:hidden" />
        <Link href={`/b/${bin.id}`} className={buttonClass({ variant: "quiet" })}>
          <ArrowLeft size={16} aria-hidden />
          Requests
        </Link>
        <CaptureUrl url={bin.url} className="ml-auto" />
      </header>
      <main className="mx-auto max-w-6xl px-6 pb-20 max-md:px-4">
        <h1 className="py-8 text-xl font-semibold tracking-tight wrap-anywhere max-md:py-6">
          <bdi>{bin.name ?? "Unnamed bin"}</bdi>{" "}
          <span className="font-normal text-faint">{title}</span>
        </h1>
        {children({ bin, api, onChanged: setBin, reload })}
      </main>
    </>
  );
}
