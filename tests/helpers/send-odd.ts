import { type OddRequest, oddRequests } from "#tests/fixtures/odd-requests.ts";
import { exchange } from "./exchange.ts";

/** Sends the odd requests to a bin, one after the other; all but the one that takes ten seconds to stall. */
export async function sendOddRequests(port: number, binId: string): Promise<OddRequest[]> {
  const sent = oddRequests(binId).filter(({ name }) => name !== "stalls");
  for (const odd of sent) await exchange(port, odd.pieces, odd.hangUp);
  return sent;
}
