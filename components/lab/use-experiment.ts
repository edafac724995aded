"use client";

import { useEffect, useRef, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import { runExperiment } from "#lib/contract/experiment-client.ts";
import type { ExperimentCreate, PlannedSend, Verdict } from "#lib/contract/experiments.ts";
import type { Forward } from "#lib/contract/forwards.ts";
import { messageOf } from "#lib/message-of.ts";

/** What came of each planned send; undefined while it is on its way or yet to come. */
export type Shown = { planned: PlannedSend; forward?: Forward; problem?: string };

export type Experiment = {
  kind: "idle" | "running" | "done" | "failed";
  sends: readonly Shown[];
  verdict: Verdict | null;
  message: string | null;
};

const IDLE: Experiment = { kind: "idle", sends: [], verdict: null, message: null };

/** Runs an experiment on the server, and shows each answer as it comes. */
export function useExperiment(api: ApiClient, binId: string, requestId: string) {
  const [state, setState] = useState<Experiment>(IDLE);
  const stopping = useRef<AbortController>(null);
  useEffect(() => () => stopping.current?.abort(), []);

  async function run(input: ExperimentCreate) {
    const controller = new AbortController();
    stopping.current = controller;
    setState({ ...IDLE, kind: "running" });
    try {
      for await (const line of runExperiment(api, { binId, requestId }, input, controller.signal)) {
        if ("plan" in line) {
          setState((now) => ({ ...now, sends: line.plan.map((planned) => ({ planned })) }));
        } else if ("send" in line) {
          const { send, ...came } = line;
          setState((now) => ({
            ...now,
            sends: now.sends.map((shown, at) => (at === send ? { ...shown, ...came } : shown)),
          }));
        } else setState((now) => ({ ...now, kind: "done", verdict: line.verdict }));
      }
      setState((now) => (now.kind === "running" ? cut(now) : now));
    } catch (error) {
      const message = controller.signal.aborted
        ? "Stopped. What was on its way is listed below once it was answered."
        : messageOf(error);
      setState((now) => ({ ...now, kind: "failed", message }));
    }
  }

  return { state, run, stop: () => stopping.current?.abort() };
}

const cut = (now: Experiment): Experiment => ({
  ...now,
  kind: "failed",
  message: "The server ended it before it was over. Try again.",
});
