import type { HeaderPair } from "../contract/headers.ts";
import type { PlannedSend } from "../contract/experiments.ts";

/** What came of one send. */
export type Outcome = {
  planned: PlannedSend;
  /** Null: no answer came. */
  status: number | null;
  headers: readonly HeaderPair[];
  /** Without its content coding, where that could be undone. */
  body: Uint8Array<ArrayBuffer>;
  /** Why no answer came, or not the whole of it. */
  problem: string | null;
};

export const isTaken = ({ status }: Outcome): boolean =>
  status !== null && status >= 200 && status < 300;

/** "200", "200 and 409": each once. */
export const statusWords = (outcomes: readonly Outcome[]): string =>
  [...new Set(outcomes.map(({ status }) => (status === null ? "no answer" : String(status))))]
    .toSorted()
    .join(" and ");
