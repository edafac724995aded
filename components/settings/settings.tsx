"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useEffect, useMemo } from "react";
import { Opening } from "#components/access/opening.tsx";
import { ProblemView } from "#components/access/problem-view.tsx";
import { usePrivateLink } from "#components/access/use-private-link.ts";
import { CaptureUrl } from "#components/inspector/capture-url.tsx";
import { Wordmark } from "#components/shell/wordmark.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import type { Bin } from "#lib/contract/bins.ts";
import { type ApiClient, createApiClient } from "#lib/contract/client.ts";
import { AnswerForm } from "./answer-form.tsx";
import { GeneralForm } from "./general-form.tsx";
import { KeysSection } from "./keys-section.tsx";
import { LocalhostForm } from "./localhost-form.tsx";
import { RemovalSection } from "./removal-section.tsx";
import { SecretsSection } from "./secrets-section.tsx";
import { Section } from "./section.tsx";
import { useBinOnce } from "./use-bin-once.ts";

/** The settings page of a bin. */
export function Settings({ binId }: { binId: string }) {
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
  const { bin, problem, setBin, reload } = useBinOnce(binId, api);
  useEffect(() => {
    if (bin) document.title = `Settings · ${plainName(bin.name ?? "Unnamed bin")} · Hooklens`;
  }, [bin]);
  if (problem) return <ProblemView problem={problem} onEnter={onEnter} />;
  if (!bin) return <Opening />;
  return <Forms bin={bin} api={api} onChanged={setBin} onCleared={reload} />;
}

type FormsProps = {
  bin: Bin;
  api: ApiClient;
  onChanged: (bin: Bin) => void;
  onCleared: () => void;
};

function Forms({ bin, api, onChanged, onCleared }: FormsProps) {
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
          <span className="font-normal text-faint">settings</span>
        </h1>
        <Section id="general" title="General">
          <GeneralForm bin={bin} api={api} onChanged={onChanged} />
        </Section>
        <Section
          id="answer"
          title="Answer"
          intro="What senders get back once their request is stored. Every answer also carries a sandbox policy, since it is content of a sender on this host."
        >
          <AnswerForm bin={bin} api={api} onChanged={onChanged} />
        </Section>
        <Section
          id="localhost"
          title="Answer from localhost"
          intro="While a listener is connected, its code can answer the sender in place of the answer above."
        >
          <LocalhostForm bin={bin} api={api} onChanged={onChanged} />
        </Section>
        <Section
          id="secrets"
          title="Signing secrets"
          intro="With the secret that a provider signs with, each request says whether it is genuine. It is sealed, and never shown again."
        >
          <SecretsSection bin={bin} api={api} onChanged={onChanged} />
        </Section>
        <Section
          id="keys"
          title="Keys"
          intro="Who has a key, or a private link made of one, can read, change and delete everything in this bin."
        >
          <KeysSection bin={bin} api={api} />
        </Section>
        <Section id="removal" title="Removal">
          <RemovalSection bin={bin} api={api} onCleared={onCleared} />
        </Section>
      </main>
    </>
  );
}
