/**
 * Calls `look` with what was asked for since it was called last: one look at a time, so that two answers can't overtake
 * each other. What it throws is for whoever made it to log.
 */
export function gather(look: (ids: readonly string[]) => Promise<void>): {
  ask: (id: string) => void;
  clear: () => void;
} {
  const asked = new Set<string>();
  let isLooking = false;

  async function run(): Promise<void> {
    isLooking = true;
    // What is asked in the same turn of the event loop goes into the same look.
    await new Promise((resolve) => setImmediate(resolve));
    while (asked.size > 0) {
      const ids = [...asked];
      asked.clear();
      await look(ids);
    }
    isLooking = false;
  }

  return {
    ask(id) {
      asked.add(id);
      if (!isLooking) void run();
    },
    clear: () => asked.clear(),
  };
}
