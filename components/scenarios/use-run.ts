"use client";

import { useEffect, useRef, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import { scenarioClient } from "#lib/contract/scenario-client.ts";
import type { RunReport, StepReport } from "#lib/contract/scenarios.ts";
import { messageOf } from "#lib/message-of.ts";

export type RunState =
  | { kind: "idle" }
  | { kind: "running"; steps: StepReport[] }
  | { kind: "done"; report: RunReport }
  | { kind: "failed"; message: string; steps: StepReport[] };

/** Runs a scenario on the server, and shows each step as it is done. */
export function useRun(api: ApiClient, binId: string, onDone: (report: RunReport) => void) {
  const [state, setState] = useState<RunState>({ kind: "idle" });
  const stopping = useRef<AbortController>(null);
  useEffect(() => () => stopping.current?.abort(), []);

  async function run(id: string, environment: string | null) {
    stopping.current?.abort();
    const controller = new AbortController();
    stopping.current = controller;
    const steps: StepReport[] = [];
    setState({ kind: "running", steps: [] });
    try {
      for await (const line of scenarioClient(api, binId).run(id, environment, controller.signal)) {
        if ("run" in line) {
          setState({ kind: "done", report: line.run });
          onDone(line.run);
        } else {
          steps.push(line.report);
          setState({ kind: "running", steps: [...steps] });
        }
      }
    } catch (error) {
      const message = controller.signal.aborted ? "Stopped." : messageOf(error);
      setState({ kind: "failed", message, steps });
    }
  }

  return {
    state,
    run,
    stop: () => stopping.current?.abort(),
    show: (report: RunReport | null) =>
      setState(report ? { kind: "done", report } : { kind: "idle" }),
  };
}
