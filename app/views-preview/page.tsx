"use client";
import { useEffect, useMemo, useState } from "react";
import { RequestPane } from "#components/request/request-pane.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import { createApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
export const dynamic = "force-dynamic";
export default function Page() {
  const [state, setState] = useState<{ bin: Bin; summary: RequestSummary } | null>(null);
  const params = useMemo(
    () => (typeof location === "undefined" ? null : new URLSearchParams(location.hash.slice(1))),
    [],
  );
  const api = useMemo(() => createApiClient({ key: params?.get("key") ?? "" }), [params]);
  useEffect(() => {
    if (!params) return;
    void (async () => {
      const bin = await api.bin(params.get("bin") ?? "");
      const list = await api.requests(bin.id, { limit: 200 });
      const summary = list.items.find((r) => r.seq === Number(params.get("seq"))) ?? list.items[0];
      if (summary) setState({ bin, summary });
    })();
  }, [api, params]);
  return (
    <div className="h-dvh border-l border-line">
      {state && (
        <RequestPane key={state.summary.id} {...state} api={api} onDeleted={() => setState(null)} />
      )}
    </div>
  );
}
