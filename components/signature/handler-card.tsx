"use client";

import { useEffect, useState } from "react";
import { Choice } from "#components/ui/choice.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { rememberedChoice } from "./remembered-choice.ts";
import { handlerKinds, handlerNames } from "#lib/signatures/handler/handler-kind.ts";
import type { HandlerCode, HandlerKind } from "#lib/signatures/handler/handler-kind.ts";

type HandlerCardProps = { provider: string; scheme: string };

const choices = handlerKinds.map((value) => ({ value, label: handlerNames[value] }));
const remembered = rememberedChoice("hooklens:handler", handlerKinds, "express");

/** The code that would check this. */
export function HandlerCard({ provider, scheme }: HandlerCardProps) {
  const [kind, setKind] = useState<HandlerKind>(() => remembered.read());
  const [written, setWritten] = useState<HandlerCode | null | "loading">("loading");
  useEffect(() => {
    let isOver = false;
    void import("#lib/signatures/handler/handler-code.ts").then(
      ({ handlerCode }) => !isOver && setWritten(handlerCode(provider, scheme, kind)),
      () => !isOver && setWritten(null),
    );
    return () => {
      isOver = true;
    };
  }, [provider, scheme, kind]);

  function choose(next: HandlerKind) {
    setKind(next);
    remembered.write(next);
  }

  return (
    <section aria-labelledby="handler" className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 id="handler" className="font-medium">
          A handler that checks it
        </h3>
        {written !== null && (
          <div className="max-w-full overflow-x-auto">
            <Choice label="Write it for" value={kind} onChange={choose} choices={choices} />
          </div>
        )}
        {written && written !== "loading" && (
          <span className="ml-auto flex items-center gap-2">
            <span className="wire text-xs text-faint">{written.file}</span>
            <CopyButton text={written.code} label="Copy the handler" size="sm" />
          </span>
        )}
      </div>
      {written === null && (
        <p className="text-muted">The code could not be loaded. Reload the page to try again.</p>
      )}
      {written && written !== "loading" && (
        <pre
          tabIndex={0}
          aria-label="The handler's code"
          className="wire max-h-96 overflow-auto rounded-md border border-line bg-sunken px-3 py-2"
        >
          {written.code}
        </pre>
      )}
    </section>
  );
}
