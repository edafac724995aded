import { createHash } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** A delivery whose body came whole. */
export type Arrival = { id: string; forwardId: string; sha256: string };

export type RecordingSink = {
  origin: string;
  /** All that came, in the order in which the bodies ended. */
  arrivals: readonly Arrival[];
  /** How many different requests came. */
  distinct(): number;
  close(): Promise<void>;
};

/** A handler on localhost that answers 200 to everything and writes down what came; a request's id is its path. */
export async function startRecordingSink(): Promise<RecordingSink> {
  const arrivals: Arrival[] = [];
  const ids = new Set<string>();
  const server = http.createServer((request, response) => {
    const hash = createHash("sha256");
    request.on("data", (piece: Buffer) => hash.update(piece));
    request.on("end", () => {
      const id = (request.url ?? "").slice(1);
      const forwardId = String(request.headers["hooklens-forward-id"]);
      arrivals.push({ id, forwardId, sha256: hash.digest("hex") });
      ids.add(id);
      response.end("ok");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    distinct: () => ids.size,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
