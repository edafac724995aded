import type { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { CaptureRoom } from "../capture/capture.ts";
import { type HeadArrival, isCapture } from "../capture/handler.ts";
import type { Config } from "../config.ts";
import { SOCKET_PATH } from "../contract/events.ts";
import { HooklensError } from "../errors.ts";
import type { RequestContext } from "../runtime.ts";
import type { Sockets } from "../sockets/sockets.ts";
import { limitArrival } from "./arrival.ts";
import type { CliFiles } from "./cli-files.ts";
import type { ClientInfo } from "./client-info.ts";
import { isOwnHost } from "./host.ts";
import type { PackedFiles } from "./packed-files.ts";
import { contentSecurityPolicy, newNonce, safetyHeaders } from "./page-headers.ts";
import { sendProblem } from "./problem.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)(.*)$/is;
/** Next's own: on the API they would turn an answer into a redirect. Pages need them to navigate. */
const NEXT_HEADERS = [
  "rsc",
  "next-router-state-tree",
  "next-router-prefetch",
  "next-router-segment-prefetch",
  "next-url",
  "next-action",
];
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Where every parsed request goes: to capture, to the sockets, or through the checks of this file to Next.
 * Next must not see what it answers wrongly (other methods, broken escapes, `//`): measured in docs/decisions.md.
 */
export function createFront(parts: {
  config: Pick<Config, "publicUrl" | "dev">;
  capture: Pick<CaptureRoom, "handle">;
  sockets: Pick<Sockets, "handleRequest">;
  client: ClientInfo;
  /** The `hooklens` command. */
  cliFiles: CliFiles;
  packedFiles: PackedFiles;
  next: Handler;
  requestContext: AsyncLocalStorage<RequestContext>;
  isStopping: () => boolean;
}) {
  const { config, capture, sockets, client, requestContext, cliFiles, packedFiles } = parts;

  function handle(request: IncomingMessage, response: ServerResponse, arrival: HeadArrival): void {
    const target = request.url ?? "/";
    if (isCapture(target)) return capture.handle(request, response, arrival);
    if (arrival.expectsContinue) response.writeContinue();
    if (target === "*") return void response.writeHead(204).end();
    if (parts.isStopping()) response.setHeader("Connection", "close");
    try {
      dashboard(request, response);
    } catch (error) {
      if (!(error instanceof HooklensError)) throw error;
      sendProblem(request, response, error);
    }
  }

  function dashboard(request: IncomingMessage, response: ServerResponse): void {
    const absolute = ABSOLUTE_FORM.exec(request.url ?? "/");
    if (absolute) request.url = absolute[2] || "/";
    const origin = client.origin(request, absolute?.[1] ?? request.headers.host ?? "");
    assertOwnHost(origin);
    const path = readPath(request);
    limitArrival(request, path);
    for (const [name, value] of safetyHeaders) response.setHeader(name, value);
    if (cliFiles.serves(path)) return cliFiles.handle(path, request, response);
    if (packedFiles.send(path, request, response)) return;
    if (path.startsWith(SOCKET_PATH)) return sockets.handleRequest(request, response);
    if (path === "/api" || path.startsWith("/api/")) {
      for (const name of NEXT_HEADERS) delete request.headers[name];
    } else if (!path.startsWith("/_next/")) setPolicy(path, request, response);
    const context = {
      remoteAddress: client.remoteAddress(request),
      origin,
      setContentLength: (bytes: number) => void response.setHeader("Content-Length", bytes),
    };
    requestContext.run(context, () => parts.next(request, response));
  }

  function assertOwnHost(origin: string): void {
    if (isOwnHost(origin.slice(origin.indexOf("://") + 3), config.publicUrl)) return;
    throw new HooklensError(
      "misdirected_host",
      `Open ${config.publicUrl}, or set PUBLIC_URL to this address.`,
    );
  }

  /** Next reads the nonce for its own scripts from the request's policy header. */
  function setPolicy(path: string, request: IncomingMessage, response: ServerResponse): void {
    const policy = contentSecurityPolicy(newNonce(), config.dev, path);
    request.headers["content-security-policy"] = policy;
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Cache-Control", "no-store");
  }

  return {
    handle,
    /** For sockets: whether an upgrade request comes for one of our own names. */
    isOwn(request: IncomingMessage): boolean {
      const origin = client.origin(request, request.headers.host ?? "");
      return isOwnHost(origin.slice(origin.indexOf("://") + 3), config.publicUrl);
    },
  };
}

/** The path of a request that Next can take. */
function readPath(request: IncomingMessage): string {
  const method = request.method ?? "";
  if (!METHODS.has(method)) {
    throw new HooklensError("method_not_allowed", `${method} has no meaning here.`, {
      headers: { Allow: [...METHODS].join(", ") },
    });
  }
  const path = (request.url ?? "/").split(/[?#]/, 1)[0] as string;
  if (path.includes("//") || path.includes("\\"))
    throw new HooklensError("not_found", "Check the path.");
  try {
    decodeURIComponent(path);
  } catch {
    throw new HooklensError("malformed_request", "The path holds a broken percent escape.");
  }
  return path;
}
