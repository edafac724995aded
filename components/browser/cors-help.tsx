"use client";

import { useState } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { CopyBlock } from "#components/ui/copy-block.tsx";
import { corsSnippet, type Framework, frameworks } from "./cors-snippets.ts";

const choices = frameworks.map((value) => ({ value, label: value }));

/** What a handler needs so that this page may send to it and see what it answers. */
export function CorsHelp({ isOpen }: { isOpen: boolean }) {
  const [framework, setFramework] = useState<Framework>("Express");
  // Keyed, since what is folded is made only at first sight.
  return (
    <Disclosure key={String(isOpen)} summary="Let this page in (CORS)" open={isOpen}>
      <div className="flex flex-col gap-2 pt-2">
        <p className="text-xs text-muted">
          Before a page sends what it sends here, a browser asks the target. This answers yes to{" "}
          <span className="wire text-ink">{location.origin}</span> and to no other site.
        </p>
        <div className="overflow-x-auto">
          <Choice label="Framework" value={framework} onChange={setFramework} choices={choices} />
        </div>
        <CopyBlock
          text={corsSnippet(framework, location.origin)}
          label={`Copy the code for ${framework}`}
        />
      </div>
    </Disclosure>
  );
}
