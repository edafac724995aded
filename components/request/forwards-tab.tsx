"use client";

import Link from "next/link";
import { useState } from "react";
import type { WatchForwards } from "#components/inspector/bin-state.ts";
import { EditFold } from "#components/edit/edit-fold.tsx";
import { useEdit } from "#components/edit/use-edit.ts";
import { LabFold } from "#components/lab/lab-fold.tsx";
import { ConnectFold } from "#components/relay/connect-fold.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { Forward, ForwardCreate } from "#lib/contract/forwards.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { messageOf } from "#lib/message-of.ts";
import type { EarlierAnswer } from "./answer-compare.tsx";
import { ForwardCard } from "./forward-card.tsx";
import { ForwardForm } from "./forward-form.tsx";
import { LoadState } from "#components/load/load-state.tsx";
import { useForwardForm } from "./use-forward-form.ts";
import { useForwards } from "./use-forwards.ts";
import { type Loaded } from "#components/load/use-load.ts";
import type { TargetField } from "./use-target-field.ts";

type ForwardsTabProps = {
  bin: Bin;
  api: ApiClient;
  request: CapturedRequest;
  /** Null where nothing is live. */
  watch: WatchForwards | null;
  field: TargetField;
};

/** Sends the request on, and shows what became of it each time. */
export function ForwardsTab({ bin, api, request, watch, field }: ForwardsTabProps) {
  const { loaded, add, loadOlder } = useForwards(api, request, watch);
  const [sentId, setSentId] = useState<string | null>(null);
  const editing = useEdit(request);
  const show = (forward: Forward) => {
    add(forward);
    setSentId(forward.id);
  };
  const form = useForwardForm(api, request, editing.edit, show);
  const useTarget = (to: string) => {
    form.change({ to, append: false });
    field.focus();
  };
  const follow = async (input: ForwardCreate) =>
    show(await api.forward(request.binId, request.id, input));
  return (
    <div className="flex h-full flex-col gap-4 overflow-y-auto px-4 py-4 motion-safe:scroll-smooth">
      {request.bodyTruncated || request.bodyIncomplete ? (
        <Notice tone="warn">
          This request can't be forwarded: its body was not captured whole.
        </Notice>
      ) : (
        <>
          <ForwardForm
            form={form}
            request={request}
            editing={editing}
            isLive={watch !== null}
            wasKeptOut={isKeptOut(loaded, sentId)}
            field={field.attach}
          />
          <EditFold api={api} request={request} editing={editing} />
          {watch && !form.isByBrowser && <LabFold api={api} request={request} form={form} />}
          {watch && (
            <Link
              href={`/b/${bin.id}/scenarios?request=${request.seq}`}
              className="touch-target self-start text-xs text-muted hover:text-ink hover:underline"
            >
              Make a scenario of it
            </Link>
          )}
          {watch && (
            <ConnectFold
              bin={bin}
              api={api}
              summary={
                form.relays.length > 0
                  ? "Connect another machine"
                  : "Forward to localhost on another machine than the server’s"
              }
            />
          )}
        </>
      )}
      <LoadState loaded={loaded} what="the earlier forwards">
        {(forwards) =>
          forwards.length === 0 ? (
            <p className="text-muted">Not forwarded yet.</p>
          ) : (
            <ul aria-label="Forwards, newest first" className="flex flex-col gap-2">
              {forwards.map((forward, index) => (
                <ForwardCard
                  key={forward.id}
                  forward={forward}
                  request={request}
                  answers={answersOf(forwards)}
                  isFirst={index === 0}
                  isAwaited={forward.id === sentId}
                  following={{ onUseTarget: useTarget, onFollow: follow }}
                />
              ))}
            </ul>
          )
        }
      </LoadState>
      {loadOlder && <OlderButton load={loadOlder} />}
    </div>
  );
}

/** Whether a target's CORS kept out what was just sent from here. */
function isKeptOut(loaded: Loaded<Forward[]>, sentId: string | null): boolean {
  if (loaded.kind !== "ready") return false;
  const sent = loaded.result.find(({ id }) => id === sentId);
  return sent?.attempts.at(-1)?.error?.code === "cors";
}

/** Every attempt whose answer is there, the last one first. */
function answersOf(forwards: readonly Forward[]): EarlierAnswer[] {
  return forwards
    .flatMap(({ attempts, to, listener }) =>
      attempts.map((attempt) => ({ attempt, to: listener ? `via ${listener}` : to })),
    )
    .filter(({ attempt }) => attempt.status !== null && !attempt.bodyDropped)
    .toSorted((a, b) => (a.attempt.startedAt < b.attempt.startedAt ? 1 : -1));
}

function OlderButton({ load }: { load: () => Promise<void> }) {
  const [failure, setFailure] = useState<string | null>(null);
  const [running, setRunning] = useState(false);
  const click = () => {
    setRunning(true);
    setFailure(null);
    load()
      .catch((error: unknown) => setFailure(messageOf(error)))
      .finally(() => setRunning(false));
  };
  return (
    <div className="flex items-center gap-3">
      <Button size="sm" disabled={running} onClick={click}>
        Load older
      </Button>
      {failure && <span className="text-xs text-bad">{failure}</span>}
    </div>
  );
}
