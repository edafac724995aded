"use client";

import { useState } from "react";
import { ProviderMark } from "#components/provider/provider-mark.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { type PickItem, PickList } from "#components/ui/pick-list.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { messageOf } from "#lib/message-of.ts";
import { providers } from "#lib/providers/providers.ts";

type SenderDialogProps = {
  api: ApiClient;
  binId: string;
  summary: RequestSummary;
  onClose: () => void;
};

type Choice = PickItem & { value: string | null };

const known: readonly Choice[] = [
  { key: "auto", value: "auto", name: "As recognised", detail: "what the request itself says" },
  { key: "none", value: null, name: "Nobody known", detail: "no event, no ids" },
  ...providers
    .map(({ id, name }) => ({
      key: `provider-${id}`,
      value: id,
      name,
      mark: <ProviderMark provider={{ id, name }} />,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en")),
];

/** Says who sent a request, where recognition is wrong or silent. The page hears of the change as all others do. */
export function SenderDialog({ api, binId, summary, onClose }: SenderDialogProps) {
  const [failure, setFailure] = useState<string | null>(null);
  async function choose({ value }: Choice) {
    try {
      await api.changeRequest(binId, summary.id, { provider: value });
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
    }
  }
  const now = currentOf(summary);
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
      <div className="-mx-5 -mb-5 border-t border-line">
        <PickList
          items={known.map((each) => (each.value === now ? { ...each, side: "now" } : each))}
          label="Find a provider"
          listLabel="Providers"
          nothing="No provider that is known here has this in its name."
          onPick={(choice) => void choose(choice)}
        />
      </div>
    </Dialog>
  );
}

const currentOf = ({ provider, providerChosen }: RequestSummary): string | null =>
  providerChosen ? (provider?.id ?? null) : "auto";
