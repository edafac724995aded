"use client";

import { LoadState } from "#components/load/load-state.tsx";
import { BinPage, type OpenBin } from "#components/shell/bin-page.tsx";
import { Section } from "#components/settings/section.tsx";
import { EnvironmentsSection } from "./environments-section.tsx";
import { useEnvironments } from "./use-environments.ts";
import { useScenarios } from "./use-scenarios.ts";
import { Workbench } from "./workbench.tsx";

/** The scenarios page of a bin. */
export function Scenarios({ binId }: { binId: string }) {
  return (
    <BinPage binId={binId} title="scenarios">
      {(open) => <Loaded {...open} />}
    </BinPage>
  );
}

function Loaded({ bin, api }: OpenBin) {
  const scenarios = useScenarios(api, bin.id);
  const environments = useEnvironments(api, bin.id);
  return (
    <LoadState loaded={scenarios.loaded} what="the scenarios">
      {() => (
        <>
          <Workbench
            api={api}
            binId={bin.id}
            scenarios={scenarios}
            environments={environments.items}
          />
          <Section
            id="environments"
            title="Environments"
            intro="Variables for {{…}} in scenarios, such as where your app runs. A secret one is sealed, and never shown again; no report holds it."
          >
            <EnvironmentsSection environments={environments} />
          </Section>
        </>
      )}
    </LoadState>
  );
}
