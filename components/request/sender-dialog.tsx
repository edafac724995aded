"use client";

import { clsx } from "clsx";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { ProviderMark } from "#components/provider/provider-mark.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { providers } from "#lib/providers/providers.ts";
import { messageOf } from "./use-load.ts";

type SenderDialogProps = {
  api: ApiClient;
  binId: string;
  summary: RequestSummary;
  onClose: () => void;
};

type Choice = { value: string | null; name: string; detail?: string; mark?: string };

const known: readonly Choice[] = [
  { value: "auto", name: "As recognised", detail: "what the request itself says" },
  { value: null, name: "Nobody known", detail: "no event, no ids" },
  ...providers
    .map(({ id, name }) => ({ value: id, name, mark: id }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en")),
];

/** Says who sent a request, where recognition is wrong or silent. The page hears of the change as all others do. */
export function SenderDialog({ api, binId, summary, onClose }: SenderDialogProps) {
  const [failure, setFailure] = useState<string | null>(null);
  async function choose({ value }: Choice) {
    try {
      await api.correct(binId, summary.id, value);
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
    }
  }
  return (
    <Dialog
      onClose={onClose}
      title="Who sent it?"
      description="Event, ids and signature are then read as this sender’s. It holds for this request only."
    >
      {failure && (
        <p role="alert" className="text-xs text-bad">
          Not changed. {failure}
        </p>
      )}
      <Choices current={currentOf(summary)} onChoose={(choice) => void choose(choice)} />
    </Dialog>
  );
}

const currentOf = ({ provider, providerChosen }: RequestSummary): string | null =>
  providerChosen ? (provider?.id ?? null) : "auto";

/** Those that begin so first. */
function findChoices(wanted: string): Choice[] {
  const found = known.filter(({ name }) => name.toLowerCase().includes(wanted));
  const [first, rest] = [true, false].map((begins) =>
    found.filter(({ name }) => name.toLowerCase().startsWith(wanted) === begins),
  );
  return [...(first ?? []), ...(rest ?? [])];
}

type ChoicesProps = { current: string | null; onChoose: (choice: Choice) => void };

function Choices({ current, onChoose }: ChoicesProps) {
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const wanted = text.trim().toLowerCase();
  const found = findChoices(wanted);
  const chosen = found[Math.min(at, found.length - 1)];

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter" && chosen) onChoose(chosen);
    else return;
    event.preventDefault();
  }

  return (
    <div className="-mx-5 -mb-5 flex flex-col border-t border-line">
      <input
        ref={field}
        role="combobox"
        aria-label="Find a provider"
        aria-expanded
        aria-controls={`${id}list`}
        aria-activedescendant={chosen && `${id}${chosen.value}`}
        value={text}
        placeholder="Find a provider"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="touch-target h-11 shrink-0 border-b border-line bg-transparent px-5 placeholder:text-faint focus-visible:outline-none"
      />
      <div
        id={`${id}list`}
        role="listbox"
        aria-label="Providers"
        className="h-72 max-h-[45vh] overflow-y-auto p-1"
      >
        {found.map((choice) => (
          // The field above holds the focus and takes the keys
          <div
            key={choice.value}
            id={`${id}${choice.value}`}
            role="option"
            tabIndex={-1}
            aria-selected={choice === chosen}
            ref={(element) => {
              if (choice === chosen) element?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => onChoose(choice)}
            className={clsx(
              "touch-target flex min-h-8 cursor-pointer items-center gap-2.5 rounded-sm px-4",
              choice === chosen ? "bg-hover" : "hover:bg-hover",
            )}
          >
            {choice.mark ? (
              <ProviderMark provider={{ id: choice.mark, name: choice.name }} />
            ) : (
              <span className="w-5 shrink-0" />
            )}
            <span className="min-w-0 flex-1 truncate">
              {choice.name}
              {choice.detail && <span className="ml-2 text-xs text-faint">{choice.detail}</span>}
            </span>
            {choice.value === current && <span className="text-xs text-muted">now</span>}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p role="status" className="px-5 pb-4 text-muted">
          No provider that is known here has this in its name.
        </p>
      )}
    </div>
  );
}
