"use client";

import { useState } from "react";
import { Field, Input, Select } from "#components/ui/field.tsx";
import { formatExact } from "#components/ui/format.ts";
import type { Bin, BinPatch } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { SaveRow } from "./save-row.tsx";
import { useSaving } from "./use-saving.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const expiries: readonly [seconds: number, label: string][] = [
  [HOUR, "In an hour"],
  [DAY, "In a day"],
  [7 * DAY, "In 7 days"],
  [30 * DAY, "In 30 days"],
  [365 * DAY, "In a year"],
];
const KEEP = "keep";
const NEVER = "never";

type GeneralFormProps = { bin: Bin; api: ApiClient; onChanged: (bin: Bin) => void };

/** Name and expiry. */
export function GeneralForm({ bin, api, onChanged }: GeneralFormProps) {
  const [name, setName] = useState(bin.name ?? "");
  const [expiry, setExpiry] = useState(KEEP);
  const { saving, run, touch } = useSaving();
  const problem = (pointer: string) =>
    saving.fields.find((field) => field.pointer === pointer)?.detail;

  async function save() {
    onChanged(await api.change(bin.id, patchOf(name, expiry)));
    setExpiry(KEEP);
  }

  return (
    <form
      className="grid gap-x-6 gap-y-4 lg:grid-cols-2"
      onChange={touch}
      onSubmit={(event) => {
        event.preventDefault();
        void run(save);
      }}
    >
      <Field label="Name" error={problem("/name")}>
        <Input
          value={name}
          maxLength={100}
          placeholder="Unnamed bin"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field
        label="Expires"
        hint="Then the bin and its requests are deleted, and the URL answers 410 for ever."
        error={problem("/expiresInSeconds")}
      >
        <Select value={expiry} onChange={(event) => setExpiry(event.target.value)}>
          <option value={KEEP}>
            {bin.expiresAt ? `At ${formatExact(bin.expiresAt).slice(0, 16)}` : "Never"}
          </option>
          {bin.expiresAt && <option value={NEVER}>Never</option>}
          {expiries.map(([seconds, label]) => (
            <option key={seconds} value={seconds}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <SaveRow saving={saving} action="Save" className="lg:col-span-2" />
    </form>
  );
}

function patchOf(name: string, expiry: string): BinPatch {
  const patch: BinPatch = { name: name.trim() || null };
  if (expiry === KEEP) return patch;
  return { ...patch, expiresInSeconds: expiry === NEVER ? null : Number(expiry) };
}
