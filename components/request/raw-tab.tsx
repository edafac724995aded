"use client";

import { useCallback } from "react";
import { BodyView } from "#components/body/body-view.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { LoadState } from "#components/load/load-state.tsx";
import { useLoad } from "#components/load/use-load.ts";

type RawTabProps = { api: ApiClient; request: CapturedRequest };

/** The whole request as an HTTP/1.1 message. */
export function RawTab({ api, request }: RawTabProps) {
  const { binId, id } = request;
  const load = useCallback(
    async (signal: AbortSignal) => new Uint8Array(await api.raw(binId, id, signal)),
    [api, binId, id],
  );
  return (
    <LoadState loaded={useLoad(load)} what="the raw request">
      {(bytes) => (
        <BodyView
          bytes={bytes}
          contentType="message/http"
          downloadUrl={api.rawUrl(binId, id)}
          className="h-full"
        />
      )}
    </LoadState>
  );
}
