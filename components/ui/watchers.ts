/** Those who want to be told of something, such as that a state has changed. */
export function createWatchers<Told extends unknown[] = []>() {
  const watchers = new Set<(...told: Told) => void>();
  return {
    tell: (...told: Told): void => {
      for (const watcher of watchers) watcher(...told);
    },
    /** Returns what ends it. */
    watch: (watcher: (...told: Told) => void): (() => void) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}
