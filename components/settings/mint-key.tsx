"use client";

import { useState } from "react";
import { privateLink } from "#components/access/private-link.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyBlock } from "#components/ui/copy-block.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { messageOf } from "#lib/message-of.ts";

type MintKeyProps = { bin: Bin; api: ApiClient; onMinted: () => void };

/** Makes a key and shows it this once. */
export function MintKey({ bin, api, onMinted }: MintKeyProps) {
  const [label, setLabel] = useState("");
  const [minted, setMinted] = useState<{ label: string; key: string } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function mint() {
    setFailure(null);
    try {
      const { key } = await api.mintKey(bin.id, label.trim());
      setMinted({ label: label.trim() || "Unnamed key", key });
      setLabel("");
      onMinted();
    } catch (error) {
      setFailure(messageOf(error));
    }
  }

  return (
    <>
      {minted && (
        <div
          role="status"
          className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4"
        >
          <p>
            <strong className="font-medium">{plainName(minted.label)}</strong>
            <span className="text-muted"> is made. It is shown only now.</span>
          </p>
          <span className="text-xs text-faint">Key, for the API</span>
          <CopyBlock text={minted.key} label="Copy the key" />
          <span className="text-xs text-faint">Private link, for a browser</span>
          <CopyBlock text={privateLink(bin, minted.key)} label="Copy the private link" />
        </div>
      )}
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void mint();
        }}
      >
        <Field label="New key" error={failure} className="min-w-0 max-w-64 flex-1">
          <Input
            value={label}
            maxLength={100}
            placeholder="What it is for"
            onChange={(event) => setLabel(event.target.value)}
          />
        </Field>
        <Button type="submit">Make a key</Button>
      </form>
    </>
  );
}
