"use client";

import { GitCompareArrows } from "lucide-react";
import { use } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { CompareContext, inOrder } from "./use-comparing.ts";

/** Compares the two that are marked. */
export function CompareMarked({ requests }: { requests: readonly RequestSummary[] }) {
  const actions = use(CompareContext);
  if (!actions || requests.length > 2) return null;
  const pair = inOrder(requests);
  return (
    <IconButton
      icon={GitCompareArrows}
      label={pair ? "Compare the two" : "Compare: select one more"}
      disabled={!pair}
      onClick={() => pair && actions.open(pair.before, pair.after)}
    />
  );
}
