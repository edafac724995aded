"use client";

import { useEffect, useState } from "react";
import { type ApiClient, ApiError } from "#lib/contract/client.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { type RecentTarget, readTargets, rememberTarget } from "./recent-targets.ts";
import { messageOf } from "./use-load.ts";

type Failure = { field: boolean; message: string };

/** What the form holds, and sending it. */
export function useForwardForm(
  api: ApiClient,
  { binId, id }: Pick<CapturedRequest, "binId" | "id">,
  onSettled: (forward: Forward) => void,
) {
  const [target, setTarget] = useState<RecentTarget>({ to: "", append: false });
  const [recent, setRecent] = useState<RecentTarget[]>([]);
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const stored = readTargets();
    setRecent(stored);
    if (stored[0]) setTarget(stored[0]);
  }, []);

  function change(next: RecentTarget) {
    setTarget(next);
    setFailure(null);
  }

  async function send() {
    const asked = { to: target.to.trim(), append: target.append };
    setStartedAt(Date.now());
    setFailure(null);
    try {
      onSettled(await api.forward(binId, id, asked));
      rememberTarget(asked);
      setRecent(readTargets());
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setStartedAt(null);
    }
  }

  return { target, change, recent, startedAt, failure, send };
}

function failureOf(error: unknown): Failure {
  const field = error instanceof ApiError ? error.errors.find(isTarget) : undefined;
  return { field: field !== undefined, message: field?.detail ?? messageOf(error) };
}

const isTarget = ({ pointer }: { pointer: string }) => pointer === "/to";
