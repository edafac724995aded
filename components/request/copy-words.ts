import { COPY_KINDS } from "#lib/copy-as/kinds.ts";
import type { CopyResult } from "./use-copy-as.ts";

/** What became of a copy, in one line. */
export function copyTitle(result: CopyResult): string {
  if (result.phase === "failed") return `Not copied: ${result.message}`;
  if (result.phase === "refused") return "The browser refused to copy";
  return `Copied as ${COPY_KINDS[result.kind]}`;
}

/** What the copy can't reproduce. */
export const copyNotes = (result: CopyResult) =>
  result.phase === "failed" ? [] : result.copy.notes;
