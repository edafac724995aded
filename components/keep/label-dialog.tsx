"use client";

import { Check, Minus, Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { type PickItem, PickList } from "#components/ui/pick-list.tsx";
import { changeLabels, labelFault, labelKey, toLabel } from "#lib/contract/annotation-limits.ts";
import type { LabelCount } from "#lib/contract/annotations.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { messageOf } from "#lib/message-of.ts";
import { changeMarked, refusalWords } from "./change-marked.ts";
import { LabelChip } from "./label-chip.tsx";

type LabelDialogProps = {
  api: ApiClient;
  binId: string;
  requests: readonly RequestSummary[];
  onClose: () => void;
};

type Share = "all" | "some" | "none";
type Choice = PickItem & { label: string; share: Share };

/** Puts labels on requests and takes them off: those that the bin knows, and new ones. Each counts at once. */
export function LabelDialog({ api, binId, requests, onClose }: LabelDialogProps) {
  const known = useLabels(api, binId);
  const [labels, setLabels] = useState(() => requests.map((request) => request.labels ?? []));
  const [failure, setFailure] = useState<string | null>(null);

  async function toggle({ label, share }: Choice) {
    const change = share === "all" ? { removeLabels: [label] } : { addLabels: [label] };
    setFailure(null);
    try {
      const ids = requests.map(({ id }) => id);
      const report = await changeMarked(api, binId, ids, change);
      const changed = new Set(report.changed);
      setLabels((now) =>
        now.map((each, at) =>
          changed.has(ids[at] ?? "")
            ? changeLabels(each, change.addLabels ?? [], change.removeLabels)
            : each,
        ),
      );
      setFailure(refusalWords(report));
    } catch (error) {
      setFailure(messageOf(error));
    }
  }

  const choices = choicesOf(known, labels);
  return (
    <Dialog
      onClose={onClose}
      title="Labels"
      description={
        requests.length === 1
          ? `Of request #${requests[0]?.seq}. Found again by label: in the filter.`
          : `Of ${requests.length} requests. Found again by label: in the filter.`
      }
    >
      {failure && (
        <p role="alert" className="text-xs text-bad">
          Not labelled. {failure}
        </p>
      )}
      <div className="-mx-5 -mb-5 border-t border-line">
        <PickList
          items={choices}
          label="Find a label, or write a new one"
          listLabel="Labels"
          nothing="No labels yet: write one and press Enter."
          create={(text) => newChoice(text, choices)}
          onPick={(choice) => void toggle(choice)}
        />
      </div>
    </Dialog>
  );
}

function useLabels(api: ApiClient, binId: string): readonly LabelCount[] {
  const [labels, setLabels] = useState<readonly LabelCount[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    // Without them one can still write: what is there already is then found by its name.
    api.labels(binId, abort.signal).then(
      ({ items }) => setLabels(items),
      () => undefined,
    );
    return () => abort.abort();
  }, [api, binId]);
  return labels;
}

function choicesOf(known: readonly LabelCount[], labels: readonly string[][]): Choice[] {
  const counts = new Map<string, number>();
  for (const label of labels.flat()) {
    counts.set(labelKey(label), (counts.get(labelKey(label)) ?? 0) + 1);
  }
  const all = changeLabels(
    [...new Set(labels.flat())],
    known.map(({ label }) => label),
  );
  return all.map((label) => {
    const count = counts.get(labelKey(label)) ?? 0;
    const share = count === 0 ? "none" : count === labels.length ? "all" : "some";
    const inBin = known.find((each) => labelKey(each.label) === labelKey(label));
    return {
      key: `label-${label}`,
      name: label,
      shown: <LabelChip label={label} />,
      label,
      share,
      checked: share === "some" ? "mixed" : share === "all",
      mark: <ShareMark share={share} />,
      ...(inBin ? { side: String(inBin.count) } : {}),
    };
  });
}

function newChoice(text: string, choices: readonly Choice[]): Choice | null {
  const label = toLabel(text);
  if (label === "" || choices.some((each) => labelKey(each.label) === labelKey(label))) return null;
  const fault = labelFault(label);
  return {
    key: "new",
    name: fault ?? `New label: ${label}`,
    label,
    share: "none",
    mark: <Plus size={14} aria-hidden className="text-muted" />,
    ...(fault ? { disabled: true } : {}),
  };
}

function ShareMark({ share }: { share: Share }) {
  if (share === "none") return null;
  const Icon = share === "all" ? Check : Minus;
  return <Icon size={14} strokeWidth={2.5} aria-hidden className="text-accent" />;
}
