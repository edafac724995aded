"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { LoadState } from "#components/load/load-state.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { EnvironmentForm } from "./environment-form.tsx";
import type { Environments } from "./use-environments.ts";

/** A form for each environment, and one more for a new one. */
export function EnvironmentsSection({ environments }: { environments: Environments }) {
  const [added, setAdded] = useState<string[]>([]);
  const [name, setName] = useState("");
  const names = [...new Set([...environments.items.map((kept) => kept.name), ...added])];

  function add(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") return;
    setAdded([...added, name.trim()]);
    setName("");
  }

  return (
    <LoadState loaded={environments.loaded} what="the environments">
      {() => (
        <div className="flex flex-col gap-6">
          {names.map((each) => (
            <EnvironmentForm
              key={each}
              name={each}
              kept={environments.items.find((environment) => environment.name === each) ?? null}
              onSave={(input) => environments.put(each, input)}
              onRemove={async () => {
                if (environments.items.some((kept) => kept.name === each))
                  await environments.remove(each);
                setAdded(added.filter((other) => other !== each));
              }}
            />
          ))}
          <form onSubmit={add} className="flex items-end gap-2">
            <Field label="New environment" className="w-48">
              <Input
                value={name}
                placeholder="staging"
                autoComplete="off"
                onChange={(event) => setName(event.target.value)}
              />
            </Field>
            <Button type="submit">
              <Plus size={14} aria-hidden />
              Add
            </Button>
          </form>
        </div>
      )}
    </LoadState>
  );
}
