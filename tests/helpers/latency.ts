import { postTo, Sender, statusOf } from "./http-connection.ts";

export type Latencies = { ms: number[]; statuses: (number | string)[] };

/** Sends requests to a bin one after the other until `isOver`; the milliseconds that each took. */
export async function measureLatency(
  port: number,
  binId: string,
  isOver: (sent: number) => boolean,
  body = "x".repeat(1024),
): Promise<Latencies> {
  const sender = new Sender(port);
  const result: Latencies = { ms: [], statuses: [] };
  while (!isOver(result.ms.length)) {
    const startedAt = performance.now();
    const answer = await sender.send(postTo(binId, body));
    result.ms.push(performance.now() - startedAt);
    result.statuses.push(statusOf(answer));
  }
  sender.close();
  return result;
}

/** `share` 0.5 is the median. */
export function percentile(ms: readonly number[], share: number): number {
  const sorted = ms.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
