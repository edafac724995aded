"use client";

import { ArrowRightLeft, X } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useCommands } from "#components/commands/use-commands.ts";
import { LoadState } from "#components/load/load-state.tsx";
import { useLoad } from "#components/load/use-load.ts";
import { WireText } from "#components/request/wire-text.tsx";
import { formatExact } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { ComparisonView } from "./comparison-view.tsx";
import { kindOf } from "./kept-mask.ts";
import { learnMask } from "./learn-mask.ts";
import { readWhole, type Whole } from "./read-message.ts";
import { useKeptMask } from "./use-kept-mask.ts";

type ComparePaneProps = {
  api: ApiClient;
  binId: string;
  /** The ids of both. */
  before: string;
  after: string;
  onSwap: () => void;
  onClose: () => void;
  onOpen: (id: string) => void;
};

/** Two requests of a bin, compared. To be keyed by both ids. */
export function ComparePane(props: ComparePaneProps) {
  const { api, binId, before, after, onSwap, onClose } = props;
  const load = useCallback(
    async (signal: AbortSignal): Promise<[Whole, Whole]> =>
      Promise.all([readWhole(api, binId, before, signal), readWhole(api, binId, after, signal)]),
    [api, binId, before, after],
  );
  const loaded = useLoad(load);
  useCommands([
    { id: "swap", name: "Swap both sides", group: "Request", keys: ["w"], run: onSwap },
  ]);
  return (
    <article
      aria-label="Comparison"
      className="@container flex h-full min-h-0 min-w-0 flex-col bg-surface"
    >
      <header className="flex shrink-0 items-start gap-2 border-b border-line px-4 pt-3 pb-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-md font-semibold @max-xl:sr-only">Compare</h2>
          {loaded.kind === "ready" && <Both {...props} requests={loaded.result} />}
        </div>
        <IconButton icon={ArrowRightLeft} label="Swap both sides" onClick={onSwap} />
        <IconButton icon={X} label="Close the comparison" onClick={onClose} />
      </header>
      <LoadState loaded={loaded} what="both requests">
        {([old, now]) => <Loaded api={api} binId={binId} before={old} after={now} />}
      </LoadState>
    </article>
  );
}

type BothProps = Pick<ComparePaneProps, "onOpen"> & { requests: [Whole, Whole] };

/** Which two. */
function Both({ requests: [before, after], onOpen }: BothProps) {
  return (
    <div className="grid @xl:mt-1 gap-x-4 gap-y-0.5 @3xl:grid-cols-2">
      <Which sign="−" words="before" request={before.request} onOpen={onOpen} />
      <Which sign="+" words="now" request={after.request} onOpen={onOpen} />
    </div>
  );
}

type WhichProps = {
  sign: string;
  words: string;
  request: CapturedRequest;
  onOpen: (id: string) => void;
};

function Which({ sign, words, request, onOpen }: WhichProps) {
  return (
    <p className="flex min-w-0 items-baseline gap-2">
      <span aria-hidden className="wire w-[1ch] shrink-0 text-muted">
        {sign}
      </span>
      <span className="sr-only">{words}:</span>
      <button
        type="button"
        onClick={() => onOpen(request.id)}
        className="touch-target shrink-0 cursor-pointer text-accent hover:underline"
      >
        #{request.seq}
      </button>
      <span className="min-w-0 truncate">
        <WireText text={request.provider?.event ?? (request.target || "/")} />
      </span>
      <span className="ml-auto shrink-0 text-xs text-muted @max-xl:hidden">
        {formatExact(request.receivedAt).slice(0, 23)}
      </span>
    </p>
  );
}

type LoadedProps = { api: ApiClient; binId: string; before: Whole; after: Whole };

function Loaded({ api, binId, before, after }: LoadedProps) {
  const [mask, setMask] = useKeptMask(binId, kindOf(after.request));
  const learning = useRef<AbortSignal>(AbortSignal.abort());
  useEffect(() => {
    const controller = new AbortController();
    learning.current = controller.signal;
    return () => controller.abort();
  }, []);
  const notes = useMemo(
    () => [before.note, after.note].filter((note) => note !== null),
    [before, after],
  );
  return (
    <ComparisonView
      before={before.message}
      after={after.message}
      mask={mask}
      onMask={setMask}
      onLearn={() => learnMask(api, binId, after.request, mask, learning.current)}
      notes={notes}
      isMain
    />
  );
}
