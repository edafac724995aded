"use client";

import { clsx } from "clsx";
import { Trash2 } from "lucide-react";
import { type ReactNode, use, useState } from "react";
import { splitTarget } from "#lib/body/split-target.ts";
import { FilterValue } from "#components/filter/filter-value.tsx";
import { type KeepActions, KeepMenu } from "#components/keep/keep-menu.tsx";
import { ShareButton } from "#components/shares/share-button.tsx";
import { SharedContext } from "#components/shares/shared-context.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatExact } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { later } from "#components/ui/later.tsx";
import { Size } from "#components/ui/size.tsx";
import { Time } from "#components/ui/time.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { type AnswerTone, answeredTone, answeredWords } from "./answered.ts";
import { CompareMenu } from "./compare-menu.tsx";
import { CopyAsMenu } from "./copy-as-menu.tsx";
import { usePaneKeys } from "./use-pane-keys.ts";
import { isOpenCheck } from "./open-check.ts";
import { ProviderLine } from "./provider-line.tsx";
import { WireText } from "./wire-text.tsx";

/** Few requests have any. */
const RequestMarks = later(() =>
  import("./request-marks.tsx").then((module) => module.RequestMarks),
);

const KeptPart = later(() =>
  import("#components/keep/kept-part.tsx").then((module) => module.KeptPart),
);

type RequestHeadProps = {
  bin: Bin;
  api: ApiClient;
  summary: RequestSummary;
  request: CapturedRequest | null;
  /** Null where nothing can be kept. */
  keep: KeepActions | null;
  onDelete: () => void;
  /** Shows what is known of its signature. */
  onSignature: () => void;
  onDeliveries: () => void;
};

/** What, when, from whom, and what was answered. */
export function RequestHead({ bin, api, summary, request, keep, ...act }: RequestHeadProps) {
  const isShared = use(SharedContext);
  const [isWriting, setWriting] = useState(false);
  const write = () => setWriting(true);
  usePaneKeys(keep ? { N: write } : {});
  return (
    <header className="flex shrink-0 flex-col gap-2 px-4 pt-3 pb-2 max-md:pt-1.5 max-md:pb-1">
      <div className="relative flex flex-wrap items-start gap-x-3">
        <h2 className="flex min-w-0 flex-1 items-baseline gap-2.5 text-md max-md:min-w-40">
          <FilterValue field="method" value={summary.method} className="shrink-0">
            <WireText text={summary.method} className="text-md font-semibold" />
          </FilterValue>
          <FilterValue
            field="path"
            value={splitTarget(summary.target).path}
            className="max-h-24 min-w-0 overflow-y-auto max-md:max-h-14"
          >
            <WireText
              text={summary.target || "/"}
              className={clsx("text-md wrap-anywhere", !summary.target && "text-faint")}
            />
          </FilterValue>
        </h2>
        <div
          className={clsx(
            "-mt-1 -mr-2 flex shrink-0 pointer-coarse:-mt-2.5",
            // On the phone the bar above, which leads back to the list, has the room.
            keep &&
              "max-md:fixed max-md:top-0 max-md:right-1 max-md:z-30 max-md:m-0! max-md:h-12 max-md:items-center",
          )}
        >
          <CopyAsMenu api={api} request={request} />
          {!isShared && <CompareMenu api={api} binId={bin.id} summary={summary} />}
          {keep && <KeepMenu summary={summary} keep={keep} onNote={write} />}
          <span className={clsx(keep && "max-md:hidden")}>
            <CopyButton text={request?.url ?? summary.target} label="Copy the URL it was sent to" />
          </span>
          {!isShared && (
            <>
              <ShareButton binId={bin.id} api={api} request={summary} />
              <IconButton icon={Trash2} label="Delete this request" onClick={act.onDelete} />
            </>
          )}
        </div>
      </div>
      <Facts bin={bin} summary={summary} request={request} />
      {keep && (isWriting || isKept(summary)) && (
        <KeptPart
          api={api}
          summary={summary}
          request={request}
          isWriting={isWriting}
          onWriting={setWriting}
          onLabel={keep.label}
        />
      )}
      {hasMarks(summary, request) && (
        <RequestMarks binId={bin.id} summary={summary} request={request} />
      )}
      <ProviderLine
        api={api}
        binId={bin.id}
        summary={summary}
        onSignature={act.onSignature}
        onDeliveries={act.onDeliveries}
      />
    </header>
  );
}

const isKept = ({ pinned, labels, noteLine }: RequestSummary): boolean =>
  [pinned, labels, noteLine].some(Boolean);

const hasMarks = (summary: RequestSummary, request: CapturedRequest | null): boolean =>
  [
    summary.handshake,
    isOpenCheck(summary),
    summary.response?.from === "enforce",
    summary.imported,
    summary.bodyTruncated,
    summary.bodyIncomplete,
    request?.redacted.length,
    summary.hidden?.length,
  ].some(Boolean);

/** Where room is short one line, scrolled sideways: what is looked for first stands first, what loads last stands last. */
function Facts({
  bin,
  summary,
  request,
}: Omit<RequestHeadProps, "api" | "keep" | "onDelete" | "onSignature" | "onDeliveries">) {
  const [date, clock, zone] = formatExact(summary.receivedAt).split(" ");
  return (
    <p className="flex flex-wrap items-baseline gap-x-1.5 gap-y-0.5 text-xs text-muted max-md:-mx-4 max-md:-my-1 max-md:flex-nowrap max-md:overflow-x-auto max-md:px-4 max-md:py-1 max-md:whitespace-nowrap max-md:[scrollbar-width:none]">
      <span className="font-medium text-ink">#{summary.seq}</span>
      <Dot />
      <span>
        <span className="max-md:hidden">{date} </span>
        {clock}
        <span className="max-md:hidden"> {zone}</span>
      </span>
      <Time at={summary.receivedAt} className="text-faint" />
      <Dot />
      <Answered bin={bin} summary={summary} />
      <Dot />
      <Size bytes={summary.bodySize} />
      <Dot />
      <span>
        from{" "}
        {summary.remoteAddress ? (
          <FilterValue field="ip" value={summary.remoteAddress}>
            <WireText text={summary.remoteAddress} />
          </FilterValue>
        ) : (
          "an unknown address"
        )}
      </span>
      {request && (
        <>
          <Dot />
          <span>HTTP/{request.httpVersion}</span>
        </>
      )}
    </p>
  );
}

function Dot(): ReactNode {
  return (
    <span aria-hidden className="text-faint">
      ·
    </span>
  );
}

const tones: Record<AnswerTone, string> = {
  good: "text-good",
  warn: "text-warn",
  bad: "text-bad",
  neutral: "",
};

function Answered({ bin, summary }: Pick<RequestHeadProps, "bin" | "summary">) {
  const now = useNow();
  const words = answeredWords(summary, now, bin.listenerWaitMs);
  const className = tones[answeredTone(summary)];
  if (!summary.response) return <span className={className}>{words}</span>;
  return (
    <FilterValue field="status" value={String(summary.response.status)} className={className}>
      {words}
    </FilterValue>
  );
}
