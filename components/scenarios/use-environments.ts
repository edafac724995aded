"use client";

import { useCallback, useState } from "react";
import { useLoad } from "#components/load/use-load.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { scenarioClient } from "#lib/contract/scenario-client.ts";
import type { Environment, EnvironmentPut } from "#lib/contract/scenarios.ts";

export type Environments = ReturnType<typeof useEnvironments>;

/** A bin's environments, and changing them. */
export function useEnvironments(api: ApiClient, binId: string) {
  const [own, setOwn] = useState<Environment[] | null>(null);
  const load = useCallback(
    async () => (await scenarioClient(api, binId).environments()).items,
    [api, binId],
  );
  const loaded = useLoad(load);
  const items = own ?? (loaded.kind === "ready" ? loaded.result : []);
  const without = (name: string) => items.filter((environment) => environment.name !== name);
  return {
    loaded,
    items,
    async put(name: string, input: EnvironmentPut) {
      const saved = await scenarioClient(api, binId).putEnvironment(name, input);
      setOwn([...without(name), saved].sort((a, b) => (a.name < b.name ? -1 : 1)));
      return saved;
    },
    async remove(name: string) {
      await scenarioClient(api, binId).removeEnvironment(name);
      setOwn(without(name));
    },
  };
}
