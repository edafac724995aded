"use client";

import { useRouter } from "next/navigation";
import { useCallback, useRef, useState } from "react";
import { FarewellDialog } from "#components/access/farewell-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format.ts";
import { Notice } from "#components/ui/notice.tsx";
import { UndoToast } from "#components/ui/undo-toast.tsx";
import { useUndoable } from "#components/ui/use-undoable.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { messageOf } from "#lib/message-of.ts";

type RemovalSectionProps = { bin: Bin; api: ApiClient; onCleared: () => void };

export function RemovalSection({ bin, api, onCleared }: RemovalSectionProps) {
  const [isAsking, setAsking] = useState(false);
  const router = useRouter();
  const clearing = useClearing(bin, api, onCleared);
  const { pending, failure } = clearing;
  const clearButton = useRef<HTMLButtonElement>(null);
  const toButton = () => clearButton.current?.focus();
  const { settle } = clearing;
  const settleAndStay = useCallback(
    (byHand: boolean) => {
      settle();
      if (byHand) toButton();
    },
    [settle],
  );

  return (
    <>
      {failure && (
        <Notice tone="bad" className="mb-4">
          Not cleared. {failure}
        </Notice>
      )}
      <ul className="rounded-lg border border-line bg-surface">
        <Choice
          title="Clear requests"
          text={`Removes ${countWords(clearing.count)} and their forwards. ${bin.pinnedCount > 0 ? "The URL and what is pinned stay." : "The URL stays."}`}
        >
          <Button
            ref={clearButton}
            disabled={clearing.count === 0}
            onClick={() => void clearing.clear()}
          >
            Clear
          </Button>
        </Choice>
        <Choice
          title="Delete bin"
          text="Removes everything. The URL answers 410 for ever and is never given again."
        >
          <Button variant="careful" onClick={() => setAsking(true)}>
            Delete bin
          </Button>
        </Choice>
      </ul>
      {isAsking && (
        <FarewellDialog
          farewell="delete"
          bin={bin}
          onConfirm={async () => {
            await api.deleteBin(bin.id);
            router.push("/");
          }}
          onClose={() => setAsking(false)}
        />
      )}
      {pending && (
        <UndoToast
          words={pending.words}
          onUndo={() => {
            clearing.undo();
            toButton();
          }}
          onSettled={settleAndStay}
        />
      )}
    </>
  );
}

/** Clearing with a way back, of all that the bin holds when it is asked for. */
function useClearing(bin: Bin, api: ApiClient, onCleared: () => void) {
  const { facts, failure, begin, ...rest } = useUndoable<"cleared">();
  const [unread, setUnread] = useState<string | null>(null);

  async function clear() {
    setUnread(null);
    try {
      const { requestCount, pinnedCount, lastSeq } = await api.bin(bin.id);
      begin({
        words: `${countWords(requestCount - pinnedCount)} cleared.`,
        facts: "cleared",
        send: async () => {
          await api.clear(bin.id, { through: lastSeq });
          onCleared();
        },
      });
    } catch (error) {
      setUnread(messageOf(error));
    }
  }

  return {
    ...rest,
    clear,
    failure: failure ?? unread,
    count: facts ? 0 : bin.requestCount - bin.pinnedCount,
  };
}

const countWords = (count: number) =>
  `${formatCount(count)} ${count === 1 ? "request" : "requests"}`;

type ChoiceProps = { title: string; text: string; children: React.ReactNode };

function Choice({ title, text, children }: ChoiceProps) {
  return (
    <li className="flex items-center gap-4 border-b border-line py-3 pr-3 pl-4 last:border-none">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="text-xs text-muted">{text}</p>
      </div>
      {children}
    </li>
  );
}
