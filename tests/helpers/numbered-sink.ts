import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

export type NumberedSink = {
  origin: string;
  /** Of one group, as they came. */
  numbers(group: string): number[];
  /** The same, each once, where it came first. */
  distinct(group: string): number[];
  /** Whether what came twice came with the same Hooklens-Forward-Id. */
  doublesAreRepeats(group: string): boolean;
  /** From now on a group's requests are not answered, until `release`. */
  hold(group: string): void;
  release(group: string): void;
  close(): Promise<void>;
};

type Arrival = { group: string; number: number; forwardId: string };

/** A handler on localhost that is sent `/GROUP/NUMBER` and remembers what came. */
export async function startNumberedSink(): Promise<NumberedSink> {
  const arrivals: Arrival[] = [];
  const held = new Map<string, http.ServerResponse[]>();
  const server = http.createServer((request, response) => {
    const [, group = "", number] = (request.url ?? "").split("/");
    const forwardId = String(request.headers["hooklens-forward-id"]);
    arrivals.push({ group, number: Number(number), forwardId });
    request.resume();
    const waiting = held.get(group);
    if (waiting) waiting.push(response);
    else response.end("ok");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const numbers = (group: string) =>
    arrivals.filter((arrival) => arrival.group === group).map(({ number }) => number);
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    numbers,
    distinct: (group) => [...new Set(numbers(group))],
    doublesAreRepeats: (group) => {
      const ids = new Map<number, Set<string>>();
      for (const { number, forwardId } of arrivals.filter((arrival) => arrival.group === group)) {
        ids.set(number, (ids.get(number) ?? new Set()).add(forwardId));
      }
      return [...ids.values()].every(({ size }) => size === 1);
    },
    hold: (group) => void held.set(group, []),
    release: (group) => {
      for (const response of held.get(group) ?? []) response.end("ok");
      held.delete(group);
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
