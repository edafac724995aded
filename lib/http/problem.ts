import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { HooklensError, problemBody, problemTitles, problems } from "../errors.ts";

/** Answers a request with a problem before it reaches Next. A body that is still coming ends the connection. */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: HooklensError,
): void {
  const body = Buffer.from(JSON.stringify(problemBody(error)));
  response.writeHead(problems[error.code].status, {
    "Content-Type": "application/problem+json",
    "Content-Length": body.byteLength,
    "Cache-Control": "no-store",
    ...error.headers,
    ...(request.complete ? {} : { Connection: "close" }),
  });
  response.end(body);
}

/** What the parser refuses (node:http `clientError` codes), as a problem; null: the sender is gone. */
function parserProblem(code: string | undefined): HooklensError | null {
  switch (code) {
    case "ECONNRESET":
      return null;
    case "HPE_HEADER_OVERFLOW":
      return new HooklensError("headers_too_large", "At most 64 KiB of headers are taken.");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new HooklensError("body_stalled", "The request took too long to arrive.");
    default:
      return new HooklensError(
        "malformed_request",
        `The parser refused it (${code ?? "unknown"}).`,
      );
  }
}

/** Answers on a socket whose request could not be parsed, and closes it. */
export function refuseUnparsed(error: Error & { code?: string }, socket: Duplex): void {
  const problem = parserProblem(error.code);
  const current: unknown = Reflect.get(socket, "_httpMessage");
  const answering =
    typeof current === "object" && current !== null && Reflect.get(current, "headersSent") === true;
  if (!problem || !socket.writable || answering) {
    socket.destroy(error);
    return;
  }
  const { status } = problems[problem.code];
  const title = problemTitles[problem.code];
  const body = JSON.stringify(problemBody(problem));
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
