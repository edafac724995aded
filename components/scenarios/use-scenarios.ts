"use client";

import { useCallback, useState } from "react";
import { useLoad } from "#components/load/use-load.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { scenarioClient } from "#lib/contract/scenario-client.ts";
import type { Scenario } from "#lib/contract/scenarios.ts";

const byName = (a: Scenario, b: Scenario) => (a.name < b.name ? -1 : 1);

/** A bin's scenarios: as they were read, with what was changed here since. */
export function useScenarios(api: ApiClient, binId: string) {
  const [own, setOwn] = useState<Scenario[] | null>(null);
  const load = useCallback(
    async () => (await scenarioClient(api, binId).list()).items,
    [api, binId],
  );
  const loaded = useLoad(load);
  const items = own ?? (loaded.kind === "ready" ? loaded.result : []);
  const put = (scenario: Scenario) =>
    setOwn([...items.filter(({ id }) => id !== scenario.id), scenario].sort(byName));
  const drop = (id: string) => setOwn(items.filter((scenario) => scenario.id !== id));
  return { loaded, items, put, drop };
}
