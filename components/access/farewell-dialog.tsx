"use client";

import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import type { Bin } from "#lib/contract/bins.ts";

export type Farewell = "forget" | "delete";

const farewells = {
  forget: {
    question: (name: string) => `Forget ${name} in this browser?`,
    description:
      "The bin stays as it is and goes on taking requests. To open it here again you need its private link.",
    action: "Forget",
  },
  delete: {
    question: (name: string) => `Delete ${name}?`,
    description:
      "The bin and all its requests are gone for good. Its URL answers 410 for ever, so remove it where it is configured.",
    action: "Delete bin",
  },
};

type FarewellDialogProps = {
  farewell: Farewell;
  bin: Bin;
  /** Its rejection is shown in the dialog, which then stays open. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
};

/** Asks before a bin is left for good. */
export function FarewellDialog({ farewell, bin, onConfirm, onClose }: FarewellDialogProps) {
  const { question, description, action } = farewells[farewell];
  return (
    <ConfirmDialog
      title={question(bin.name ? `“${plainName(bin.name)}”` : "this bin")}
      description={description}
      action={action}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  );
}
