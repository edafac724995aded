/**
 * A value for each key in this browser's storage, the last one kept first; beyond `max` those kept longest ago go.
 * Without storage there are none: only a convenience is lost.
 */
export function keptByKey<Value>(
  storageKey: string,
  max: number,
  isValue: (value: unknown) => value is Value,
) {
  type Pair = [key: string, value: Value];
  const isPair = (stored: unknown): stored is Pair =>
    Array.isArray(stored) &&
    stored.length === 2 &&
    typeof stored[0] === "string" &&
    isValue(stored[1]);

  function readAll(): Pair[] {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
      return Array.isArray(stored) ? stored.filter(isPair) : [];
    } catch {
      // Storage may be switched off, or hold what an older page wrote.
      return [];
    }
  }

  return {
    of: (key: string): Value | undefined => readAll().find(([other]) => other === key)?.[1],
    /** Of any key. */
    last: (): Value | undefined => readAll()[0]?.[1],
    set: (key: string, value: Value): void => {
      const others = readAll().filter(([other]) => other !== key);
      try {
        localStorage.setItem(storageKey, JSON.stringify([[key, value], ...others].slice(0, max)));
      } catch {
        // Switched off or full: it lasts until the page is left.
      }
    },
  };
}
