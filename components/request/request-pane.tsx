"use client";

import { type ReactNode, use, useMemo, useState } from "react";
import { countPairs, splitTarget } from "#lib/body/split-target.ts";
import { Preparing } from "#components/body/preparing.tsx";
import { later } from "#components/ui/later.tsx";
import { SharedContext } from "#components/shares/shared-context.ts";
import { DecodeContext } from "#components/decode/decode-mode.ts";
import { Tab, TabList, TabPanel, Tabs } from "#components/ui/tabs.tsx";
import type { KeepActions } from "#components/keep/keep-menu.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import type { WatchForwards } from "#components/inspector/bin-state.ts";
import { BodyTab } from "./body-tab.tsx";
import { FilterWords, noWords } from "./filter-words.ts";
import { LoadState } from "#components/load/load-state.tsx";
import { RequestHead } from "./request-head.tsx";
import { usePaneKeys } from "./use-pane-keys.ts";
import { useRequest } from "./use-request.ts";
import { useTargetField } from "./use-target-field.ts";

const HeadersTab = later(
  () => import("./headers-tab.tsx").then((module) => module.HeadersTab),
  <Preparing label="Loading the headers" />,
);
const QueryTab = later(
  () => import("./query-tab.tsx").then((module) => module.QueryTab),
  <Preparing label="Loading the query" />,
);
const TimingTab = later(
  () => import("./timing-tab.tsx").then((module) => module.TimingTab),
  <Preparing label="Loading the timing" />,
);
const ForwardsTab = later(
  () => import("./forwards-tab.tsx").then((module) => module.ForwardsTab),
  <Preparing label="Loading the forwards" />,
);
const RawTab = later(
  () => import("./raw-tab.tsx").then((module) => module.RawTab),
  <Preparing label="Loading the raw message" />,
);

const DeliveriesTab = later(
  () => import("./deliveries-tab.tsx").then((module) => module.DeliveriesTab),
  <Preparing label="Loading the deliveries" />,
);

const SignatureTab = later(
  () => import("#components/signature/signature-tab.tsx").then((module) => module.SignatureTab),
  <Preparing label="Loading the signature" />,
);

type RequestPaneProps = {
  bin: Bin;
  summary: RequestSummary;
  api: ApiClient;
  /** The open part. Kept by the page, since paging through requests should stay at it. */
  tab: RequestTab;
  onTab: (tab: RequestTab) => void;
  onDelete: () => void;
  /** Null where nothing can be kept. */
  keep?: KeepActions | null;
  /** Null where nothing is live. */
  watchForwards?: WatchForwards | null;
  /** Opens another request; null where there is no list beside it. */
  onOpen?: ((id: string) => void) | null;
};

const tabs = [
  "Body",
  "Headers",
  "Query",
  "Timing",
  "Forwards",
  "Raw",
  "Deliveries",
  "Signature",
] as const;
export type RequestTab = (typeof tabs)[number];

const keyOf = (name: RequestTab) => String(tabs.indexOf(name) + 1);

/** Of what is shared. */
const sharedTabs: readonly RequestTab[] = ["Body", "Headers", "Query", "Timing", "Raw"];

/** Everything of one request. To be keyed by the request's id. */
export function RequestPane({
  bin,
  summary,
  api,
  tab,
  onTab,
  onDelete,
  keep = null,
  watchForwards = null,
  onOpen = null,
}: RequestPaneProps) {
  const loaded = useRequest(api, bin.id, summary);
  const request = loaded.kind === "ready" ? loaded.result : null;
  const [visited, setVisited] = useState<ReadonlySet<RequestTab>>(new Set([tab]));
  if (!visited.has(tab)) setVisited(new Set(visited).add(tab));
  const field = useTargetField();
  const isShared = use(SharedContext);
  const shownTabs = isShared ? sharedTabs : tabs;

  const [isDecoding, setDecoding] = useState(false);
  const arrivedAtMs = Date.parse(summary.receivedAt);
  const decoding = useMemo(
    () => ({ isOn: isDecoding, setOn: setDecoding, arrivedAtMs }),
    [isDecoding, arrivedAtMs],
  );

  usePaneKeys({
    ...Object.fromEntries(shownTabs.map((name) => [keyOf(name), () => onTab(name)])),
    d: () => setDecoding((now) => !now),
    ...(!isShared && {
      f: () => {
        onTab("Forwards");
        field.focus();
      },
      Delete: onDelete,
    }),
  });

  const whole = (view: (request: CapturedRequest) => ReactNode) => (
    <LoadState loaded={loaded} what="the request">
      {view}
    </LoadState>
  );
  const views: Record<RequestTab, () => ReactNode> = {
    Body: () => <BodyTab api={api} binId={bin.id} summary={summary} request={loaded} />,
    Headers: () => whole((ready) => <HeadersTab request={ready} />),
    Query: () => <QueryTab target={summary.target} />,
    Timing: () => whole((ready) => <TimingTab request={ready} summary={summary} />),
    Forwards: () =>
      whole((ready) => (
        // Answers are not what the list is filtered by.
        <FilterWords value={noWords}>
          <ForwardsTab bin={bin} api={api} request={ready} watch={watchForwards} field={field} />
        </FilterWords>
      )),
    Raw: () => whole((ready) => <RawTab api={api} request={ready} />),
    Signature: () => whole((ready) => <SignatureTab api={api} summary={summary} request={ready} />),
    Deliveries: () => <DeliveriesTab api={api} binId={bin.id} summary={summary} onOpen={onOpen} />,
  };

  return (
    <article
      aria-label={`Request ${summary.seq}`}
      className="flex h-full min-h-0 min-w-0 flex-col bg-surface"
    >
      <RequestHead
        bin={bin}
        api={api}
        summary={summary}
        request={request}
        keep={keep}
        onDelete={onDelete}
        onSignature={() => onTab("Signature")}
        onDeliveries={() => onTab("Deliveries")}
      />
      <p role="status" className="sr-only">
        {isDecoding && "Values are shown decoded"}
      </p>
      <Tabs value={tab} onChange={onTab} className="flex min-h-64 flex-1 flex-col">
        <TabList label="Parts of the request" className="shrink-0 px-2">
          {shownTabs.map((name) => (
            <Tab key={name} value={name}>
              <kbd aria-hidden className="text-2xs text-faint pointer-coarse:hidden">
                {keyOf(name)}
              </kbd>
              {name}
              <TabCount name={name} summary={summary} request={request} />
            </Tab>
          ))}
        </TabList>
        {shownTabs.map((name) => (
          // Once opened a tab stays, so that a large body is fetched and read once, and keeps its place.
          <TabPanel
            key={name}
            value={name}
            keepMounted={visited.has(name)}
            className="min-h-0 flex-1 overflow-hidden"
          >
            <DecodeContext value={decoding}>{views[name]()}</DecodeContext>
          </TabPanel>
        ))}
      </Tabs>
    </article>
  );
}

type TabCountProps = { name: RequestTab; summary: RequestSummary; request: CapturedRequest | null };

function TabCount({ name, summary, request }: TabCountProps) {
  const count = countOf(name, summary, request);
  return count > 0 && <span className="text-2xs text-faint">{count}</span>;
}

function countOf(
  name: RequestTab,
  summary: RequestSummary,
  request: CapturedRequest | null,
): number {
  if (name === "Headers") return request?.headers.length ?? 0;
  if (name === "Query") return countPairs(splitTarget(summary.target).query ?? "");
  if (name === "Deliveries") return deliveriesOf(summary);
  return 0;
}

/** Only where there is more than this one: most requests come once. */
function deliveriesOf({ thread }: RequestSummary): number {
  return thread && thread.count > 1 ? thread.count : 0;
}
