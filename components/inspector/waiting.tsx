"use client";

import { CopyButton } from "#components/ui/copy-button.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { FirstKeyOffer } from "./first-key-offer.tsx";
import { ToLocalhost } from "./to-localhost.tsx";
import { Ways } from "./ways.tsx";

type WaitingProps = {
  bin: Bin;
  api: ApiClient;
  onSample: () => void;
  title: string;
  children: string;
};

/** The URL, large, and the ways to send something to it. */
export function Waiting({ bin, api, onSample, title, children }: WaitingProps) {
  return (
    <div className="@container h-full overflow-y-auto">
      <div className="mx-auto flex min-h-full max-w-4xl flex-col justify-center gap-7 px-6 py-10 max-md:justify-start max-md:px-4 max-md:py-6">
        <section className="flex flex-col gap-3">
          <h2 className="text-xl font-semibold tracking-tight">{title}</h2>
          <p className="text-muted">{children}</p>
          <div className="mt-1 flex items-center gap-2 rounded-lg border border-line-strong bg-surface py-2 pr-2 pl-4 max-md:flex-col max-md:items-stretch max-md:pl-2">
            <code className="min-w-0 flex-1 font-mono text-md wrap-anywhere @4xl:text-lg select-all max-md:p-2">
              {bin.url}
            </code>
            <CopyButton text={bin.url} label="Copy URL" size="lg" variant="primary" />
          </div>
        </section>
        <Ways bin={bin} onSample={onSample} />
        <ToLocalhost bin={bin} api={api} />
        <FirstKeyOffer bin={bin} />
      </div>
    </div>
  );
}
