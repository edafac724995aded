import { randomUUID } from "node:crypto";
import { HooklensError, isHooklensError, problemBody, problems } from "../errors.ts";
import type { Log } from "../log.ts";
import type { RequestContext } from "../runtime.ts";

/** On every answer of the API: it holds what only a key opens, and it is never a page. */
const always = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

export function jsonResponse(
  value: unknown,
  status: number,
  headers: Record<string, string> = {},
): Response {
  const head = { ...always, "Content-Type": "application/json", ...headers };
  return new Response(JSON.stringify(value), { status, headers: head });
}

export function emptyResponse(): Response {
  return new Response(null, { status: 204, headers: always });
}

/** Bytes that a stranger sent: a download of no type, so that no browser shows or runs them in our origin. */
export function downloadResponse(
  download: { bytes: Buffer; fileName: string; headers?: Record<string, string> },
  context: Pick<RequestContext, "setContentLength">,
): Response {
  const { bytes, fileName } = download;
  context.setContentLength(bytes.byteLength);
  const headers = {
    ...always,
    "Content-Type": "application/octet-stream",
    "Content-Disposition": `attachment; filename="${fileName}"`,
    ...download.headers,
  };
  return new Response(new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length), {
    headers,
  });
}

/** A download whose length is not known before it ends. A stream that fails cuts the connection, so that it is noticed. */
export function streamResponse({
  stream,
  fileName,
}: {
  stream: ReadableStream<Uint8Array>;
  fileName: string;
}): Response {
  const headers = {
    ...always,
    "Content-Type": "application/octet-stream",
    "Content-Disposition": `attachment; filename="${fileName}"`,
  };
  return new Response(stream, { headers });
}

/** An answer that grows: each value is a line (application/x-ndjson). Nobody reads on: the generator is ended. */
export function jsonLinesResponse(values: AsyncGenerator<unknown>): Response {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await values.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
    },
    async cancel() {
      await values.return(undefined);
    },
  });
  const headers = { ...always, "Content-Type": "application/x-ndjson" };
  return new Response(stream, { headers });
}

function problemResponse(error: HooklensError): Response {
  return jsonResponse(problemBody(error), problems[error.code].status, {
    ...error.headers,
    "Content-Type": "application/problem+json",
  });
}

/** Whatever was thrown as a problem. What nobody foresaw is logged, and only the log entry's id is told. */
export function errorResponse(error: unknown, log: Log): Response {
  if (isHooklensError(error)) return problemResponse(error);
  const errorId = randomUUID();
  log.error({ errorId, ...traceOf(error) }, "an API call failed");
  return problemResponse(
    new HooklensError("internal", `Try again. The server's log has more under ${errorId}.`),
  );
}

/** Where an error came from, without its message: a database error's can quote values. */
function traceOf(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error ? String(error.code) : undefined;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { name: error.name, code, frames: frames.slice(0, 10).map((line) => line.trim()) };
}
