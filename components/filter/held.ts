import { createWatchers } from "#components/ui/watchers.ts";
import { ApiError } from "#lib/contract/calls.ts";

/** What the server holds for the page, with what is known of it: null until it was read. */
export type Held<Value> = {
  get: () => Value | null;
  subscribe: (listener: () => void) => () => void;
  /** Reads it again, once for all who ask meanwhile. What can't be read stays as it was known. */
  read: () => Promise<void>;
};

export function createHeld<Value>(ask: () => Promise<Value>): Held<Value> {
  let value: Value | null = null;
  let reading: Promise<void> | null = null;
  const watchers = createWatchers();

  async function read(): Promise<void> {
    try {
      value = await ask();
      watchers.tell();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    } finally {
      reading = null;
    }
  }

  return {
    get: () => value,
    read: () => (reading ??= read()),
    subscribe: watchers.watch,
  };
}
