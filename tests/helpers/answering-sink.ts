import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** What came, by the path of its request. `at`: milliseconds since 1970 when its body had ended. */
type Came = {
  path: string;
  forwardId: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  at: number;
};

type Told = { status?: number; headers?: Record<string, string> };

/** What it answers to the nth request (from 1) for a path; null: never. */
type Say = (path: string, nth: number) => Told | null;

export type AnsweringSink = {
  origin: string;
  port: number;
  came: readonly Came[];
  /** Paths in the order in which they came. */
  paths(): string[];
  say(say: Say): void;
  close(): Promise<void>;
};

/** A handler that answers as it is told, 200 when it is told nothing. */
export async function startAnsweringSink(port = 0): Promise<AnsweringSink> {
  const came: Came[] = [];
  let answer: Say = () => ({});
  const server = http.createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const path = request.url ?? "";
      const forwardId = String(request.headers["hooklens-forward-id"]);
      const body = Buffer.concat(pieces).toString("latin1");
      came.push({ path, forwardId, headers: request.headers, body, at: Date.now() });
      const nth = came.filter((each) => each.path === path).length;
      const told = answer(path, nth);
      if (told) response.writeHead(told.status ?? 200, told.headers ?? {}).end("ok");
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: own } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${own}`,
    port: own,
    came,
    paths: () => came.map(({ path }) => path),
    say: (say) => {
      answer = say;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
