"use client";

import { useEffect, useState } from "react";
import type { deliver } from "#components/browser/deliver.ts";
import { useRelays } from "#components/relay/relay-context.ts";
import { rememberedByBin } from "#components/relay/remembered.ts";
import type { RelayView } from "#components/relay/relays.ts";
import type { BrowserMode } from "#lib/contract/browser-limits.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { Forward, ForwardCreate } from "#lib/contract/forwards.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { Edit } from "#lib/forward/edit.ts";
import { messageOf } from "#lib/message-of.ts";
import { type RecentTarget, readTargets, rememberTarget } from "./recent-targets.ts";
import { useResigning } from "./use-resigning.ts";

type Failure = { field: boolean; code: string | null; message: string };

/** A listener's name, which holds no control character; empty for the server itself. */
const lastVia = rememberedByBin("hooklens:forward-via");
const SERVER = "";
const BROWSER = "\tbrowser";

/** What the form holds, and sending it. */
export function useForwardForm(
  api: ApiClient,
  request: Pick<CapturedRequest, "binId" | "id" | "provider" | "bodySize">,
  edit: Edit | null,
  /** Called again for one that this page sends: when it is begun, and when it is settled. */
  onSent: (forward: Forward) => void,
) {
  const { binId, id } = request;
  const relays = useRelays();
  const resigning = useResigning(api, request);
  const [target, setTarget] = useState<RecentTarget>({ to: "", append: false });
  const [recent, setRecent] = useState<RecentTarget[]>([]);
  // At once and for good: it must not change under who is about to send.
  const [chosen, setChosen] = useState(() => lastVia.of(binId) ?? onlyOne(relays));
  const [appendsVia, setAppendsVia] = useState(true);
  const [mode, setMode] = useState<BrowserMode>("cors");
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const stored = readTargets();
    setRecent(stored);
    if (stored[0]) setTarget(stored[0]);
  }, []);
  const isByBrowser = chosen === BROWSER;
  const via = relays.find(({ relay }) => relay.name === chosen) ?? null;

  function choose(next: string) {
    setChosen(next);
    lastVia.set(binId, next);
    setFailure(null);
  }

  function change(next: RecentTarget) {
    if (!isByBrowser) setChosen(SERVER);
    setTarget(next);
    setFailure(null);
  }

  /** Where it goes and whether it is signed anew, without what was edited. */
  function asked(): ForwardCreate {
    const { how, isOn } = resigning;
    const resign = isOn && how !== null && !(via && how.isForUrl);
    return { ...askedFor(via, appendsVia, target), ...(resign && { resign }) };
  }

  async function send() {
    const input = { ...asked(), ...(edit && { edit }) };
    // An edited path has a place only where it is appended.
    if (edit?.target !== undefined) input.append = true;
    setStartedAt(Date.now());
    setFailure(null);
    try {
      onSent(
        isByBrowser
          ? await sendHere(api, request, { ...input, mode }, onSent)
          : await api.forward(binId, id, input),
      );
      lastVia.set(binId, isByBrowser ? BROWSER : (via?.relay.name ?? SERVER));
      if (via) return;
      rememberTarget({ to: input.to, append: target.append });
      setRecent(readTargets());
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setStartedAt(null);
    }
  }

  return {
    relays,
    /** The listener that it goes through; null for the server itself. */
    via,
    choose: (name: string | null) => choose(name ?? SERVER),
    /** This page sends it. */
    isByBrowser,
    chooseBrowser: () => choose(BROWSER),
    mode,
    setMode,
    target,
    change,
    appendsVia,
    setAppendsVia,
    resigning,
    recent,
    startedAt,
    failure,
    asked,
    send,
  };
}

/** The code for it is only for who chooses it. */
async function sendHere(...parts: Parameters<typeof deliver>): Promise<Forward> {
  const { deliver: send } = await import("#components/browser/deliver.ts");
  return send(...parts);
}

/** Who connected one machine and chose nothing yet most likely means that one. */
function onlyOne(relays: readonly RelayView[]): string | undefined {
  const [only] = relays;
  return relays.length === 1 && only?.relay.connected ? only.relay.name : undefined;
}

function askedFor(via: RelayView | null, append: boolean, target: RecentTarget): ForwardCreate {
  if (via) return { to: "listener", name: via.relay.name, append };
  return { to: target.to.trim(), append: target.append };
}

function failureOf(error: unknown): Failure {
  const field = error instanceof ApiError ? error.errors.find(isTarget) : undefined;
  const code = error instanceof ApiError ? error.code : null;
  return { field: field !== undefined, code, message: field?.detail ?? messageOf(error) };
}

const isTarget = ({ pointer }: { pointer: string }) => pointer === "/to";
