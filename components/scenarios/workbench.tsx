"use client";

import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { Environment, Scenario } from "#lib/contract/scenarios.ts";
import { ScenarioForm } from "./scenario-form.tsx";
import { ScenarioList } from "./scenario-list.tsx";
import { templateFor } from "./template.ts";
import type { useScenarios } from "./use-scenarios.ts";

type WorkbenchProps = {
  api: ApiClient;
  binId: string;
  scenarios: ReturnType<typeof useScenarios>;
  environments: readonly Environment[];
};

/** The scenarios at the side, the open one beside them. */
export function Workbench({ api, binId, scenarios, environments }: WorkbenchProps) {
  const { items, put, drop } = scenarios;
  const [openId, setOpenId] = useState<string | null>(() => items[0]?.id ?? null);
  /** Rises when another one is opened. One that is saved for the first time stays in its form, with its run. */
  const [turn, setTurn] = useState(0);
  const [draft, setDraft] = useState<string | null>(() =>
    items.length === 0 ? templateFor(null) : null,
  );
  /** What was typed and not saved, by the scenario's id, null for a new one: looking at another one must not lose it. */
  const typed = useRef(new Map<string | null, string>());

  function open(id: string | null) {
    setOpenId(id);
    setTurn((now) => now + 1);
  }

  function startDraft(seq: number | null) {
    if (seq !== null) typed.current.delete(null);
    setDraft(templateFor(seq));
    open(null);
  }

  // A request's page leads here with its number.
  useEffect(() => {
    const seq = Number(new URLSearchParams(location.search).get("request"));
    if (!(seq > 0)) return;
    startDraft(seq);
    // Reloading shows what was made of it, and begins no other.
    history.replaceState(history.state, "", location.pathname);
  }, []);

  function saved(scenario: Scenario) {
    put(scenario);
    typed.current.delete(openId);
    setOpenId(scenario.id);
    setDraft(null);
  }

  const opened = items.find(({ id }) => id === openId) ?? null;
  return (
    <div className="grid gap-6 pb-8 md:grid-cols-[13rem_minmax(0,1fr)]">
      <nav aria-label="Scenarios" className="flex min-w-0 flex-col gap-2">
        <ScenarioList items={items} openId={openId} onOpen={open} />
        <Button size="sm" className="self-start" onClick={() => startDraft(null)}>
          <Plus size={14} aria-hidden />
          New scenario
        </Button>
      </nav>
      {(opened || draft !== null) && (
        <ScenarioForm
          key={turn}
          api={api}
          binId={binId}
          scenario={opened}
          begin={typed.current.get(openId) ?? opened?.source ?? draft ?? ""}
          environments={environments}
          onSource={(source) => typed.current.set(openId, source)}
          onSaved={saved}
          onRemoved={(id) => {
            drop(id);
            typed.current.delete(id);
            const next = items.find((other) => other.id !== id);
            if (next) open(next.id);
            else startDraft(null);
          }}
        />
      )}
    </div>
  );
}
