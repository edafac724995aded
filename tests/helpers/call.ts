import http from "node:http";
import type { BinMinted } from "#lib/contract/bins.ts";

export type CallOptions = {
  /** Sent as `Authorization: Bearer`. */
  key?: string | undefined;
  /** Sent as application/json, unless `headers` names another type; a Buffer or a string as it is. */
  body?: unknown;
  headers?: Record<string, string> | undefined;
};

export type Answer = {
  status: number;
  headers: http.IncomingHttpHeaders;
  bytes: Buffer;
  /** The body parsed as JSON; undefined when it is empty. */
  json: <Body = Record<string, unknown>>() => Body;
  /** Status line, headers and body as one text: to look for what must not be in it. */
  text: string;
};

export type Call = (method: string, path: string, options?: CallOptions) => Promise<Answer>;

/** Calls of a server's API by plain node:http: fetch would set or refuse some of the headers that are tested here. */
export function createCall(server: { port: number }): Call {
  return (method, path, options = {}) =>
    new Promise((resolve, reject) => {
      const payload = toPayload(options.body);
      const request = http.request({
        host: "127.0.0.1",
        port: server.port,
        method,
        path,
        agent: false,
        headers: {
          ...(options.key === undefined ? {} : { Authorization: `Bearer ${options.key}` }),
          ...(payload
            ? { "Content-Type": "application/json", "Content-Length": payload.length }
            : {}),
          ...options.headers,
        },
      });
      request.on("error", reject);
      request.on("response", (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("error", reject);
        response.on("end", () => resolve(toAnswer(response, Buffer.concat(pieces))));
      });
      request.end(payload);
    });
}

function toPayload(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

function toAnswer(response: http.IncomingMessage, bytes: Buffer): Answer {
  const body = bytes.toString("utf8");
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    bytes,
    json: <Body>() => (body === "" ? undefined : JSON.parse(body)) as Body,
    text: [response.statusMessage, ...response.rawHeaders, body].join("\n"),
  };
}

export async function mint(call: Call, body?: unknown): Promise<BinMinted> {
  return (await call("POST", "/api/bins", { body })).json<BinMinted>();
}

/** The session cookie that an answer sets, as the browser would send it back. */
export function cookieOf(answer: Answer): string {
  return answer.headers["set-cookie"]?.[0]?.split(";", 1)[0] ?? "";
}
