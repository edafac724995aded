import type { AnsweredEvent } from "../contract/events.ts";
import type { RequestResponse } from "../contract/requests.ts";
import type { Log } from "../log.ts";

export type AnswerRecord = Pick<AnsweredEvent, "id" | "seq" | "answered" | "storedMs"> & {
  binId: string;
  /** A listener's answer that went out in place of the bin's; its headers without the fixed ones. */
  response: Pick<RequestResponse, "status" | "headers" | "bodySize"> | null;
};

const FLUSH_MS = 250;
/** Beyond it the oldest are dropped: "unknown" is what the page then says, and that is true. */
const RECORDS_MAX = 50_000;

/**
 * What became of the answers, written in batches within 250 ms. Losing some is honest: a request without a record
 * reads "unknown", never "sent".
 */
export class AnswerLog {
  readonly #save: (records: readonly AnswerRecord[]) => Promise<void>;
  readonly #onSaved: (records: readonly AnswerRecord[]) => void;
  readonly #log: Log;
  #records: AnswerRecord[] = [];
  #timer: NodeJS.Timeout | null = null;
  #saving: Promise<void> | null = null;

  constructor(parts: {
    save: (records: readonly AnswerRecord[]) => Promise<void>;
    onSaved: (records: readonly AnswerRecord[]) => void;
    log: Log;
  }) {
    this.#save = parts.save;
    this.#onSaved = parts.onSaved;
    this.#log = parts.log;
  }

  add(record: AnswerRecord): void {
    this.#records.push(record);
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  async flush(): Promise<void> {
    while (this.#saving) await this.#saving;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#records.length === 0) return;
    const records = this.#records;
    this.#records = [];
    this.#saving = this.#write(records).finally(() => {
      this.#saving = null;
    });
    await this.#saving;
  }

  async #write(records: AnswerRecord[]): Promise<void> {
    try {
      await this.#save(records);
      this.#onSaved(records);
    } catch (error) {
      this.#log.warn({ err: error, records: records.length }, "answers not recorded");
      this.#records = [...records, ...this.#records].slice(-RECORDS_MAX);
      this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
    }
  }
}
