const KEPT = 50;

export type Remembered = ReturnType<typeof rememberedByBin>;

/** A text for each bin in this browser's storage, the last one that was set first. Without storage there is none. */
export function rememberedByBin(key: string) {
  function readAll(): [binId: string, value: string][] {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
      return Array.isArray(stored) ? stored.filter(isPair) : [];
    } catch {
      // Storage may be switched off, or hold what an older page wrote.
      return [];
    }
  }

  return {
    of: (binId: string) => readAll().find(([id]) => id === binId)?.[1],
    /** Of any bin. */
    last: () => readAll()[0]?.[1],
    set: (binId: string, value: string) => {
      const others = readAll().filter(([id]) => id !== binId);
      try {
        localStorage.setItem(key, JSON.stringify([[binId, value], ...others].slice(0, KEPT)));
      } catch {
        // Only a convenience is lost.
      }
    },
  };
}

const isPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string");
