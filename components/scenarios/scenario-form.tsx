"use client";

import { Play, Square, Trash2 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { CodeEditor } from "#components/edit/code-editor.tsx";
import { saveBytes } from "#components/body/save-bytes.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { CopyBlock } from "#components/ui/copy-block.tsx";
import { Field, Select } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ApiError } from "#lib/contract/calls.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { scenarioClient } from "#lib/contract/scenario-client.ts";
import type { Environment, RunReport, Scenario } from "#lib/contract/scenarios.ts";
import { messageOf } from "#lib/message-of.ts";
import { RunView } from "./run-view.tsx";
import { environmentNames } from "./environment-names.ts";
import { useRun } from "./use-run.ts";

type ScenarioFormProps = {
  api: ApiClient;
  binId: string;
  /** Null: not saved yet. */
  scenario: Scenario | null;
  /** What the editor begins with. */
  begin: string;
  environments: readonly Environment[];
  onSource: (source: string) => void;
  onSaved: (scenario: Scenario) => void;
  onRemoved: (id: string) => void;
};

/** A scenario's source, and running it. */
export function ScenarioForm(props: ScenarioFormProps) {
  const { api, binId, scenario, begin, environments, onSource, onSaved, onRemoved } = props;
  const [source, setSource] = useState(begin);
  const [mistakes, setMistakes] = useState<string[]>([]);
  const [isRemoving, setRemoving] = useState(false);
  const [chosen, setChosen] = useState<string | null>(scenario?.lastRun?.environment ?? null);
  const keepRun = (lastRun: RunReport) => scenario && onSaved({ ...scenario, source, lastRun });
  const running = useRun(api, binId, keepRun);
  const { state } = running;
  const names = environmentNames(source, environments);
  const environment = chosen !== null && names.includes(chosen) ? chosen : (names[0] ?? null);
  const isSaved = scenario?.source === source;

  async function save(): Promise<Scenario | null> {
    setMistakes([]);
    try {
      const calls = scenarioClient(api, binId);
      const saved = scenario ? await calls.change(scenario.id, source) : await calls.add(source);
      onSaved(saved);
      return saved;
    } catch (error) {
      const errors = error instanceof ApiError ? error.errors : [];
      setMistakes(errors.length > 0 ? errors.map(({ detail }) => detail) : [messageOf(error)]);
      return null;
    }
  }

  async function saveAndRun() {
    const saved = isSaved ? scenario : await save();
    if (saved) await running.run(saved.id, environment);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!event.ctrlKey && !event.metaKey) return;
    if (event.key !== "Enter" && event.key !== "s") return;
    event.preventDefault();
    void (event.key === "s" ? save() : saveAndRun());
  }

  const shown =
    state.kind === "idle" && scenario?.lastRun
      ? { kind: "done" as const, report: scenario.lastRun }
      : state;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {/* The keys are those of the editor within. */}
      <div role="group" aria-label="Scenario" onKeyDownCapture={onKeyDown}>
        <CodeEditor
          label="Scenario as YAML"
          text={source}
          isJson={false}
          faultOf={null}
          onFault={() => undefined}
          onText={(text) => {
            setSource(text);
            onSource(text);
          }}
        />
      </div>
      {mistakes.length > 0 && (
        <Notice tone="bad">
          <ul className="flex flex-col gap-1">
            {mistakes.map((mistake) => (
              <li key={mistake} className="wrap-anywhere">
                {mistake}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="flex flex-wrap items-end gap-2">
        {names.length > 0 && (
          <Field label="Environment" className="w-40">
            <Select value={environment ?? ""} onChange={(event) => setChosen(event.target.value)}>
              {names.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          </Field>
        )}
        {state.kind === "running" ? (
          <Button onClick={running.stop}>
            <Square size={14} aria-hidden />
            Stop
          </Button>
        ) : (
          <Button variant="primary" onClick={() => void saveAndRun()}>
            <Play size={14} aria-hidden />
            {isSaved ? "Run" : "Save and run"}
          </Button>
        )}
        <Button disabled={isSaved} onClick={() => void save()}>
          Save
        </Button>
        <Button variant="quiet" onClick={() => download(source)}>
          Download
        </Button>
        {scenario && (
          <Button variant="careful" className="ml-auto" onClick={() => setRemoving(true)}>
            <Trash2 size={14} aria-hidden />
            Delete
          </Button>
        )}
      </div>
      <div className="flex flex-col gap-1 text-xs">
        <p className="text-muted">
          From a build server or your own machine, once it is downloaded:
        </p>
        <CopyBlock
          text={`hooklens scenario run scenario.yml${environment ? ` --env ${environment}` : ""} --junit report.xml`}
          label="Copy the command"
        />
      </div>
      <RunView state={shown} binId={binId} />
      {isRemoving && scenario && (
        <ConfirmDialog
          title={`Delete “${scenario.name}”?`}
          description="Its source and its last report are removed. This can’t be undone."
          action="Delete scenario"
          onConfirm={async () => {
            await scenarioClient(api, binId).remove(scenario.id);
            onRemoved(scenario.id);
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </div>
  );
}

const download = (source: string) => saveBytes(new TextEncoder().encode(source), "scenario.yml");
