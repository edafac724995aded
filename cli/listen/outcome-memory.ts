import type { Outcome } from "#lib/contract/relay-schemas.ts";

/** What an outcome takes beside its body and its strings, roughly. */
const OVERHEAD_BYTES = 2_048;

/** The outcomes of the deliveries done last, so that one that comes again is acknowledged and not done again. */
export class OutcomeMemory {
  readonly #bytesMax: number;
  readonly #kept = new Map<string, { outcome: Outcome; bytes: number }>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get(forwardId: string): Outcome | undefined {
    return this.#kept.get(forwardId)?.outcome;
  }

  /** Forgets the oldest ones when there is no room; the newest stays whatever its size. */
  keep(forwardId: string, outcome: Outcome): void {
    const bytes = sizeOf(outcome);
    this.#kept.set(forwardId, { outcome, bytes });
    this.#bytes += bytes;
    for (const [id, oldest] of this.#kept) {
      if (this.#bytes <= this.#bytesMax || id === forwardId) return;
      this.#kept.delete(id);
      this.#bytes -= oldest.bytes;
    }
  }
}

function sizeOf(outcome: Outcome): number {
  if (outcome.kind !== "tried") return OVERHEAD_BYTES;
  const { body, headers, changes } = outcome;
  const heads = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  const told = changes.reduce(
    (sum, { name, value, why }) => sum + name.length + value.length + why.length,
    0,
  );
  return OVERHEAD_BYTES + body.byteLength + heads + told;
}
