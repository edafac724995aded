import { LABELS_MAX } from "../contract/annotation-limits.ts";
import type {
  AnnotationPatch,
  BulkPatch,
  BulkReport,
  LabelCount,
} from "../contract/annotations.ts";
import type { Page } from "../contract/bins.ts";
import type { FieldError, ProblemCode } from "../errors.ts";
import { HooklensError } from "../errors.ts";
import type { AnnotationChange, AnnotationOutcome, AskedChange } from "../store/annotations.ts";
import type { ManageParts } from "./parts.ts";

type Refused = Exclude<AnnotationOutcome, { kind: "changed" }>;
type Problem = { code: ProblemCode; detail: string; errors?: FieldError[] };

export function createAnnotationOperations({ config, store, live }: ManageParts) {
  /** @throws request_not_found, pins_full, pin_keeps_it */
  async function patch(
    binId: string,
    id: string,
    { note, labels, pinned }: AnnotationPatch,
  ): Promise<void> {
    if (note === undefined && labels === undefined && pinned === undefined) return;
    const change = {
      ...(note === undefined ? {} : { note: note ?? "" }),
      ...(labels === undefined ? {} : { labels: labels ?? [] }),
      ...(pinned === undefined ? {} : { pinned: pinned ?? false }),
    };
    const [outcome] = await changeAll(binId, [{ id, change }]);
    if (outcome && outcome.kind !== "changed") {
      const { code, detail, errors } = problemOf(outcome);
      throw new HooklensError(code, detail, errors ? { errors } : {});
    }
  }

  /** Changes each that can be, in the order asked, and says which can't and why. */
  async function bulk(binId: string, { ids, ...change }: BulkPatch): Promise<BulkReport> {
    const asked = [...new Set(ids)].map((id) => ({ id, change }));
    const outcomes = await changeAll(binId, asked);
    const report: BulkReport = { changed: [], refused: [] };
    for (const [at, { id }] of asked.entries()) {
      const outcome = outcomes[at] ?? { kind: "missing" };
      if (outcome.kind === "changed") report.changed.push(id);
      else {
        const { code, detail } = problemOf(outcome);
        report.refused.push({ id, code, detail });
      }
    }
    return report;
  }

  /**
   * What a file says of requests that were just stored. Those that were pinned there and for which there is no room among
   * the pins come back; all else of them is kept.
   */
  async function restore(
    binId: string,
    told: readonly { id: string; change: AnnotationChange }[],
  ): Promise<Set<string>> {
    if (told.length === 0) return new Set();
    const outcomes = await changeAll(binId, told);
    const unpinned = told.filter((_, at) => isFull(outcomes[at]));
    const rest = unpinned.map(({ id, change }) => ({ id, change: { ...change, pinned: false } }));
    if (rest.length > 0) await changeAll(binId, rest);
    return new Set(unpinned.map(({ id }) => id));
  }

  /** The labels that a bin's requests have, most used first. There are never so many that they need a second page. */
  async function labels(binId: string): Promise<Page<LabelCount>> {
    return { items: await store.annotations.labels(binId), next: null };
  }

  async function changeAll(
    binId: string,
    asked: readonly AskedChange[],
  ): Promise<AnnotationOutcome[]> {
    const outcomes = await store.annotations.change(binId, asked, config.pins);
    const seqs = outcomes.flatMap((each) => (each.kind === "changed" ? [each.seq] : []));
    if (seqs.length > 0) live.changed(binId, seqs);
    return outcomes;
  }

  function problemOf({ kind }: Refused): Problem {
    switch (kind) {
      case "missing":
        return { code: "request_not_found", detail: "It was never here, or was removed since." };
      case "pins":
        return {
          code: "pins_full",
          detail: `A bin keeps ${config.pins.perBin} pinned requests at most (MAX_PINS_PER_BIN). Unpin or delete one first.`,
        };
      case "pinned_bytes":
        return {
          code: "pins_full",
          detail: `A bin's pinned requests take ${megabytes(config.pins.bytesPerBin)} at most (MAX_PINNED_BYTES_PER_BIN), and this one would not fit. Unpin or delete a large one first.`,
        };
      case "kept_by_pin":
        return {
          code: "pin_keeps_it",
          detail:
            "The requests around it are gone, and only its pin keeps it. Delete it, if it is not needed any more.",
        };
      case "labels": {
        const detail = `A request has ${LABELS_MAX} labels at most. Take one off first.`;
        return { code: "invalid_fields", detail, errors: [{ pointer: "/labels", detail }] };
      }
    }
  }

  return { patch, bulk, restore, labels };
}

const isFull = (outcome: AnnotationOutcome | undefined): boolean =>
  outcome?.kind === "pins" || outcome?.kind === "pinned_bytes";

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;

export type AnnotationOperations = ReturnType<typeof createAnnotationOperations>;
