import { binPath, type ClientOptions, createCalls } from "./calls.ts";
import { requestCalls } from "./request-calls.ts";
import type { Environment, Scenario, ScenarioFile } from "./scenarios.ts";

export type CommandClient = ReturnType<typeof createCommandClient>;

/** As much of the management API as the command needs, which carries all of it over the line. */
export function createCommandClient(options: ClientOptions) {
  const calls = createCalls(options);
  const { json } = calls;
  return {
    ...requestCalls(calls),

    scenarios: (bin: string, signal?: AbortSignal) =>
      json<{ items: Scenario[] }>("GET", `${binPath(bin)}/scenarios`, { signal }),
    environments: (bin: string) =>
      json<{ items: Environment[] }>("GET", `${binPath(bin)}/environments`),
    /** What a source says, read by the server. */
    checkScenario: (bin: string, source: string) =>
      json<ScenarioFile>("POST", `${binPath(bin)}/scenarios/check`, { body: { source } }),
  };
}
