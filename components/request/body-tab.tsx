"use client";

import { useCallback } from "react";
import { EncodedBody } from "#components/body/encoded-body.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import { contentCodings } from "#lib/contract/content-coding.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { LoadState } from "./load-state.tsx";
import { useLoad } from "./use-load.ts";

type BodyTabProps = { api: ApiClient; request: CapturedRequest };

/** The exact bytes, fetched when the tab is opened. */
export function BodyTab({ api, request }: BodyTabProps) {
  if (request.bodySize === 0) return <p className="px-4 py-6 text-muted">{emptyWords(request)}</p>;
  return <StoredBody api={api} request={request} />;
}

function emptyWords({ bodyIncomplete, bodyTruncated }: CapturedRequest): string {
  if (bodyTruncated)
    return "Nothing of the body was kept: it was announced larger than this server takes.";
  if (bodyIncomplete) return "Nothing of the body arrived.";
  return "This request has no body.";
}

function StoredBody({ api, request }: BodyTabProps) {
  const { binId, id, headers } = request;
  const load = useCallback(
    async (signal: AbortSignal) => new Uint8Array(await api.body(binId, id, signal)),
    [api, binId, id],
  );
  const decodeElsewhere = useCallback(() => api.decodedBody(binId, id), [api, binId, id]);
  return (
    <LoadState loaded={useLoad(load)} what="the body">
      {(bytes) => (
        <EncodedBody
          bytes={bytes}
          contentType={request.contentType}
          codings={contentCodings(headers)}
          decodeElsewhere={decodeElsewhere}
          downloadUrl={api.bodyUrl(binId, id)}
          className="h-full"
        />
      )}
    </LoadState>
  );
}
