"use client";

import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { messageOf } from "#lib/message-of.ts";
import { BinRow } from "./bin-row.tsx";

/** Each row reads its bin's last request, so not all at once. */
const SHOWN_AT_FIRST = 8;

/** The bins that this browser remembers; nothing when there are none. */
export function BinList({ api }: { api: ApiClient }) {
  const [bins, setBins] = useState<Bin[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [all, setAll] = useState(false);

  useEffect(() => {
    const reading = new AbortController();
    api.bins(reading.signal).then(
      (page) => setBins(page.items),
      (error: unknown) => {
        if (!reading.signal.aborted) setFailure(messageOf(error));
      },
    );
    return () => reading.abort();
  }, [api]);

  if (failure) {
    return <Notice tone="warn">The bins of this browser can’t be read now. {failure}</Notice>;
  }
  if (bins.length === 0) return null;
  const shown = all ? bins : bins.slice(0, SHOWN_AT_FIRST);
  return (
    <section aria-labelledby="your-bins" className="flex flex-col gap-2">
      <h2 id="your-bins" className="text-xs font-medium text-faint">
        Bins of this browser
      </h2>
      <ul className="overflow-hidden rounded-lg border border-line bg-surface">
        {shown.map((bin) => (
          <BinRow
            key={bin.id}
            bin={bin}
            api={api}
            onForgotten={() => setBins((now) => now.filter((other) => other.id !== bin.id))}
          />
        ))}
      </ul>
      {shown.length < bins.length && (
        <Button variant="quiet" className="self-start" onClick={() => setAll(true)}>
          Show all {formatCount(bins.length)}
        </Button>
      )}
    </section>
  );
}
