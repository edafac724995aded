export type Load = {
  port: number;
  path: string;
  bodyBytes: number;
  /** In place of a body of that many letters from nobody in particular. */
  sent?: { headers: [string, string][]; body: string };
  connections: number;
  seconds: number;
};

/** The same rows without HTTP: where they go instead of a port and a path. */
export type RowsLoad = Omit<Load, "port" | "path" | "sent"> & { url: string; binId: string };

export type LoadResult = {
  requests: number;
  /** Answers that were not 200, and connections that broke. */
  refused: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** CPU microseconds of the generating process per request. */
  cpuUs: number;
};

/** Sums a run up, from the milliseconds that each request took. */
export function summarise(
  latencies: number[],
  refused: number,
  seconds: number,
  cpu: NodeJS.CpuUsage,
): LoadResult {
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
  return {
    requests: latencies.length,
    refused,
    perSecond: latencies.length / seconds,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    cpuUs: (cpu.user + cpu.system) / Math.max(1, latencies.length),
  };
}
