import http from "node:http";
import type { Draft } from "../signatures/draft.ts";

const PATIENCE_MS = 35_000;

/** Where this server takes requests itself. */
export type OwnAddress = { host: string; port: number };

/**
 * Sends to a capture URL over HTTP, by the server's own port: its public name may lead through a proxy that can't be
 * reached from within. What the proxy would add is said in its place. Answers the status and the captured request's id.
 * @throws when there is no answer
 */
export function post(
  { method, url, headers, body }: Draft,
  { host, port }: OwnAddress,
): Promise<{ status: number; requestId: string | null }> {
  const { protocol, host: name, pathname, search } = new URL(url);
  const through = protocol === "https:" ? ["X-Forwarded-Proto", "https"] : [];
  return new Promise((resolve, reject) => {
    const request = http.request({
      host,
      port,
      method,
      path: pathname + search,
      headers: ["Host", name, ...headers.flat(), "Content-Length", String(body.length), ...through],
      agent: false,
      timeout: PATIENCE_MS,
    });
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", reject);
    request.on("response", (response) => {
      const id = response.headers["hooklens-request-id"];
      response.resume();
      resolve({ status: response.statusCode ?? 0, requestId: typeof id === "string" ? id : null });
    });
    request.end(body);
  });
}
