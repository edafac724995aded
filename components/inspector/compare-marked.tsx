"use client";

import { GitCompareArrows } from "lucide-react";
import { use } from "react";
import { Button } from "#components/ui/button.tsx";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { CompareContext, inOrder } from "./use-comparing.ts";

/** Compares the two that are marked. */
export function CompareMarked({ requests }: { requests: readonly RequestSummary[] }) {
  const actions = use(CompareContext);
  if (!actions || requests.length > 2) return null;
  const pair = inOrder(requests);
  return (
    <Button
      disabled={!pair}
      title={pair ? undefined : "Select one more"}
      onClick={() => pair && actions.open(pair.before, pair.after)}
    >
      <GitCompareArrows size={14} aria-hidden />
      {pair ? "Compare" : "Compare with …"}
    </Button>
  );
}
