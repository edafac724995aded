import type { AttemptTiming } from "#lib/contract/forwards.ts";

/** For the browser to hand over an entry of a request that has just ended. */
const ENTRY_MS_MAX = 200;

/**
 * How long a request takes. Its phases only where the target allows pages to see them (Timing-Allow-Origin). By an observer:
 * the page's own list of entries is full after 250.
 */
export function watchTiming(url: string) {
  const startedMs = performance.now();
  const { promise, resolve } = Promise.withResolvers<PerformanceResourceTiming | null>();
  const observer = new PerformanceObserver((list) => {
    const own = list.getEntriesByName(url).find(({ startTime }) => startTime >= startedMs);
    if (own) resolve(own as PerformanceResourceTiming);
  });
  observer.observe({ type: "resource" });

  async function end(): Promise<AttemptTiming> {
    const totalMs = performance.now() - startedMs;
    setTimeout(() => resolve(null), ENTRY_MS_MAX);
    const entry = await promise;
    observer.disconnect();
    return { ...phasesOf(entry), totalMs };
  }

  return { end };
}

function phasesOf(entry: PerformanceResourceTiming | null): Omit<AttemptTiming, "totalMs"> {
  // All zero where the target does not allow it.
  if (!entry || entry.requestStart === 0) {
    return { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null };
  }
  const { secureConnectionStart, connectStart, connectEnd } = entry;
  const isSecure = secureConnectionStart > 0;
  return {
    dnsMs: entry.domainLookupEnd - entry.domainLookupStart,
    connectMs: (isSecure ? secureConnectionStart : connectEnd) - connectStart,
    tlsMs: isSecure ? connectEnd - secureConnectionStart : null,
    firstByteMs: Math.max(0, entry.responseStart - entry.requestStart),
  };
}
