"use client";

import { use, useCallback, useState } from "react";
import { type BodyFaults, BodyFaultsContext } from "#components/body/body-faults.ts";
import { useIdle } from "#components/ui/use-idle.ts";
import { later } from "#components/ui/later.tsx";
import { type BodyReading, BodyReadingContext } from "#components/filter/value-filter.ts";
import { EncodedBody } from "#components/body/encoded-body.tsx";
import { SharedContext } from "#components/shares/shared-context.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { contentCodings } from "#lib/contract/content-coding.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { LoadState } from "#components/load/load-state.tsx";
import { type Loaded, useLoad } from "#components/load/use-load.ts";

const ShapeNotes = later(() =>
  import("#components/shapes/shape-notes.tsx").then((module) => module.ShapeNotes),
);

type BodyTabProps = {
  api: ApiClient;
  binId: string;
  summary: RequestSummary;
  request: Loaded<CapturedRequest>;
};

/** The exact bytes, fetched when the tab is opened, while the request itself may still be on its way. */
export function BodyTab(props: BodyTabProps) {
  const { summary } = props;
  if (summary.bodySize === 0) return <p className="px-4 py-6 text-muted">{emptyWords(summary)}</p>;
  return <StoredBody {...props} />;
}

function emptyWords({ bodyIncomplete, bodyTruncated, hidden }: RequestSummary): string {
  if (hidden?.some(({ where, why }) => where === "body" && why === "unreadable"))
    return "The body is hidden: what whoever shared this wants hidden can’t be looked for in it.";
  if (bodyTruncated)
    return "Nothing of the body was kept: it was announced larger than this server takes.";
  if (bodyIncomplete) return "Nothing of the body arrived.";
  return "This request has no body.";
}

function StoredBody({ api, binId, summary: { id }, request }: BodyTabProps) {
  const load = useCallback(
    async (signal: AbortSignal) => new Uint8Array(await api.body(binId, id, signal)),
    [api, binId, id],
  );
  const body = useLoad(load);
  const isShared = use(SharedContext);
  const isIdle = useIdle();
  const [faults, setFaults] = useState<BodyFaults | null>(null);
  const decodeElsewhere = useCallback(() => api.decodedBody(binId, id), [api, binId, id]);
  return (
    <LoadState loaded={request} what="the request">
      {({ contentType, headers }) => (
        <LoadState loaded={body} what="the body">
          {(bytes) => (
            <BodyReadingContext value={readingOf(bytes, contentType, contentCodings(headers))}>
              <div className="flex h-full flex-col">
                {isIdle && !isShared && (
                  <ShapeNotes api={api} binId={binId} id={id} onFaults={setFaults} />
                )}
                <BodyFaultsContext value={faults}>
                  <EncodedBody
                    bytes={bytes}
                    contentType={contentType}
                    codings={contentCodings(headers)}
                    decodeElsewhere={decodeElsewhere}
                    downloadUrl={api.bodyUrl(binId, id)}
                    className="min-h-0 flex-1"
                  />
                </BodyFaultsContext>
              </div>
            </BodyReadingContext>
          )}
        </LoadState>
      )}
    </LoadState>
  );
}

const FORM = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i;
/** Read as anything but UTF-8 the values that are shown are not those that a search finds. */
const OTHER_CHARSET = /;\s*charset\s*=\s*"?(?!utf-?8\b|us-ascii\b)/i;

/** As lib/search/subject.ts reads it: JSON by its first character, else a form by its type; compressed not at all. */
function readingOf(
  bytes: Uint8Array,
  contentType: string | null,
  codings: readonly string[],
): BodyReading {
  if (codings.length > 0 || OTHER_CHARSET.test(contentType ?? "")) return null;
  if (/^\ufeff?[ \t\r\n]*[{[]/.test(new TextDecoder().decode(bytes.subarray(0, 256))))
    return "json";
  return FORM.test(contentType ?? "") ? "form" : null;
}
