"use client";

import { useMemo } from "react";
import { Wordmark } from "#components/shell/wordmark.tsx";
import { CopyBlock } from "#components/ui/copy-block.tsx";
import { createApiClient } from "#lib/contract/client.ts";
import { BinList } from "./bin-list.tsx";
import { Example } from "./example.tsx";
import { MintButton } from "./mint-button.tsx";

/** `origin`: scheme, host and port as the server prints them. */
export function Landing({ origin }: { origin: string }) {
  const api = useMemo(() => createApiClient(), []);
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-6 max-md:px-4">
      <header className="flex h-16 items-center">
        <Wordmark />
      </header>
      <main className="flex flex-1 flex-col gap-12 py-[6vh]">
        <section className="flex flex-col items-start gap-7">
          <h1 className="max-w-2xl text-2xl font-semibold tracking-tight text-balance">
            See every byte of every webhook the moment it arrives.
          </h1>
          <MintButton api={api} />
          <div className="flex w-full max-w-xl flex-col gap-1.5 noscript:hidden">
            <p className="text-xs text-faint">Or from a terminal</p>
            <CopyBlock text={`curl -X POST ${origin}/api/bins`} label="Copy the curl line" />
          </div>
        </section>
        <BinList api={api} />
        <Example />
      </main>
    </div>
  );
}
