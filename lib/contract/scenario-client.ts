import type { ApiClient } from "./client.ts";
import { jsonLines } from "./json-lines.ts";
import type { Environment, EnvironmentPut, RunLine, Scenario } from "./scenarios.ts";

/** What the page asks of scenarios beyond their list. Apart from the client, which every page waits for. */
export function scenarioClient(api: ApiClient, bin: string) {
  const read = async <Result>(method: string, path: string, body?: unknown) => {
    const response = await api.callBin(method, bin, path, body === undefined ? {} : { body });
    return (await response.json()) as Result;
  };
  const remove = async (path: string) => void (await api.callBin("DELETE", bin, path));
  const scenario = (id: string) => `scenarios/${encodeURIComponent(id)}`;
  const environment = (name: string) => `environments/${encodeURIComponent(name)}`;
  return {
    list: () => read<{ items: Scenario[] }>("GET", "scenarios"),
    add: (source: string) => read<Scenario>("POST", "scenarios", { source }),
    change: (id: string, source: string) => read<Scenario>("PATCH", scenario(id), { source }),
    remove: (id: string) => remove(scenario(id)),
    /** A line for each step as it is done, then the report. */
    async *run(id: string, named: string | null, signal: AbortSignal): AsyncGenerator<RunLine> {
      const body = named === null ? {} : { environment: named };
      const response = await api.callBin("POST", bin, `${scenario(id)}/runs`, { body, signal });
      for await (const line of jsonLines(response)) yield line as RunLine;
    },
    environments: () => read<{ items: Environment[] }>("GET", "environments"),
    putEnvironment: (name: string, input: EnvironmentPut) =>
      read<Environment>("PUT", environment(name), input),
    removeEnvironment: (name: string) => remove(environment(name)),
  };
}
