"use client";

import { EyeOff } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { formatCount } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { later } from "#components/ui/later.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { RowTime } from "#components/ui/time.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

const FarewellDialog = later(() =>
  import("#components/access/farewell-dialog.tsx").then((module) => module.FarewellDialog),
);

type BinRowProps = { bin: Bin; api: ApiClient; onForgotten: () => void };

export function BinRow({ bin, api, onForgotten }: BinRowProps) {
  const [asking, setAsking] = useState(false);
  const last = useLastRequest(bin, api);
  const name = plainName(bin.name ?? "Unnamed bin");
  return (
    <li className="relative flex min-h-13 items-center gap-3 border-b border-line pr-2 pl-4 last:border-none hover:bg-hover">
      <div className="min-w-0 flex-1 py-2">
        <Link
          href={`/b/${bin.id}`}
          prefetch={false}
          className="font-medium after:absolute after:inset-0 focus-visible:-outline-offset-2"
        >
          {name}
        </Link>
        <WireText text={bin.id} className="ml-2 text-faint max-sm:block max-sm:ml-0" />
      </div>
      <div className="shrink-0 text-right text-xs">
        <p className="text-muted">
          {formatCount(bin.requestCount)} {bin.requestCount === 1 ? "request" : "requests"}
        </p>
        <p className="text-faint">
          {last ? "the last one " : "made "}
          <RowTime ago at={last?.receivedAt ?? bin.createdAt} />
        </p>
      </div>
      <span className="relative">
        <IconButton
          icon={EyeOff}
          label={`Forget ${name} in this browser`}
          onClick={() => setAsking(true)}
        />
      </span>
      {asking && (
        <FarewellDialog
          farewell="forget"
          bin={bin}
          onConfirm={async () => {
            await api.forget(bin.id);
            onForgotten();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function useLastRequest(bin: Bin, api: ApiClient): RequestSummary | null {
  const [last, setLast] = useState<RequestSummary | null>(null);
  useEffect(() => {
    if (bin.requestCount === 0) return;
    const reading = new AbortController();
    api.requests(bin.id, { limit: 1, signal: reading.signal }).then(
      (page) => setLast(page.items[0] ?? null),
      // The row is whole without it.
      () => {},
    );
    return () => reading.abort();
  }, [api, bin.id, bin.requestCount]);
  return last;
}
