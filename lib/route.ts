import type { z } from "zod";
import {
  assertOwnOrigin,
  type Credential,
  type Grant,
  type ShareGrant,
  isOwnOrigin,
  readCredential,
  readSessionToken,
  sessionCookie,
} from "./access.ts";
import { HooklensError } from "./errors.ts";
import { readJson } from "./route/read-json.ts";
import { noQuery, readQuery } from "./route/read-query.ts";
import { emptyResponse, errorResponse, jsonResponse } from "./route/respond.ts";
import { type RequestContext, runtime } from "./runtime.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof METHODS)[number];
type Handler = (
  request: Request,
  route: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>;

/** One call of the API, before anything of it is believed. */
type RawCall = { request: Request; params: Record<string, string>; context: RequestContext };
type Operation = (call: RawCall) => Promise<Response>;

type Schemas<Body, Query> = {
  body?: z.ZodType<Body>;
  /** As much JSON as is taken; unset: 1 MiB. */
  bodyBytesMax?: number;
  query?: z.ZodType<Query>;
  /** The status of a result; without a result it is 204. */
  status?: 200 | 201;
};

type Input<Body, Query> = {
  body: Body;
  query: Query;
  context: RequestContext;
  browser: Browser;
  /** For an operation that takes a file: see readUpload. */
  request: Request;
};

/** What a route may know of the browser that asks, if it is one. */
type Browser = {
  /** The session cookie's value. */
  token: string | null;
  /** The page that asks is ours. */
  isOwn: boolean;
  setSession: (token: string) => void;
};

/** An operation that needs no bin: minting, this browser's bins, health. */
export function openOperation<Body = undefined, Query = unknown>(
  schemas: Schemas<Body, Query> & { run: (input: Input<Body, Query>) => Promise<unknown> },
): Operation {
  return async (call) => {
    assertSite(call, false);
    return settle(call, schemas, schemas.run);
  };
}

/** Which credential counts: a key or this browser's cookie; or, to say what the browser remembers, only one of them. */
type Accepts = "any" | "key" | "cookie";

/** An operation on a bin, for whoever may see it. `id` and `name`: the route's second part, "" where it has none. */
export function binOperation<Body = undefined, Query = unknown>(
  schemas: Schemas<Body, Query> & {
    accepts?: Accepts;
    run: (
      input: Input<Body, Query> & { grant: Grant; binId: string; id: string; name: string },
    ) => Promise<unknown>;
  },
): Operation {
  return async (call) => {
    const { accepts = "any" } = schemas;
    const credential = credentialOf(call.request, accepts);
    assertSite(call, reliesOnCookie(call.request, accepts, credential));
    const { bin = "", id = "", name = "" } = call.params;
    const grant = await runtime().access.authorize(bin, credential);
    return settle(call, schemas, (input) => {
      if (grant.renew && input.browser.token) input.browser.setSession(input.browser.token);
      return schemas.run({ ...input, grant, binId: bin, id, name });
    });
  };
}

/**
 * Reading what a share shows. These are the only routes that a share's token opens: what they give is read through
 * lib/shares.
 */
export function shareOperation<Body = undefined, Query = unknown>(
  schemas: Schemas<Body, Query> & {
    accepts?: Accepts;
    run: (input: Input<Body, Query> & { grant: ShareGrant; id: string }) => Promise<unknown>;
  },
): Operation {
  return async (call) => {
    const { accepts = "any" } = schemas;
    const credential = credentialOf(call.request, accepts);
    assertSite(call, reliesOnCookie(call.request, accepts, credential));
    const { share = "", id = "" } = call.params;
    const grant = await runtime().access.authorizeShare(share, credential);
    return settle(call, schemas, (input) => {
      if (grant.renew && input.browser.token) input.browser.setSession(input.browser.token);
      return schemas.run({ ...input, grant, id });
    });
  };
}

/**
 * The exports of a route file: what it does by method. A method that it does not know gets 405, and all that is thrown
 * becomes a problem.
 */
export function resource(operations: Partial<Record<Method, Operation>>): Record<Method, Handler> {
  const known = operations.GET ? { ...operations, HEAD: headOf(operations.GET) } : operations;
  const allow = METHODS.filter((method) => known[method]).join(", ");
  return handlers((method) => known[method] ?? refuseMethod(allow));
}

/** The exports of a route file that answers each method with the same. */
export function everyMethod(operation: Operation): Record<Method, Handler> {
  return handlers(() => operation);
}

/** Nobody reads what a HEAD would have got: a stream of it would stay open for ever. */
const headOf =
  (get: Operation): Operation =>
  async (call) => {
    const response = await get(call);
    await response.body?.cancel();
    return new Response(null, response);
  };

const refuseMethod =
  (allow: string): Operation =>
  async () => {
    throw new HooklensError("method_not_allowed", `Allowed: ${allow}.`, {
      headers: { Allow: allow },
    });
  };

function handlers(operationFor: (method: Method) => Operation): Record<Method, Handler> {
  const entries = METHODS.map((method): [Method, Handler] => [
    method,
    (request, route) => handle(operationFor(method), request, route),
  ]);
  return Object.fromEntries(entries) as Record<Method, Handler>;
}

const handle = async (
  operation: Operation,
  request: Request,
  route: Parameters<Handler>[1],
): Promise<Response> => {
  const { requestContext, log } = runtime();
  try {
    const context = requestContext.getStore();
    if (!context) throw new Error("The request did not come through server.ts.");
    const params = Object.fromEntries(
      Object.entries((await route.params) ?? {}).map(([name, value]) => [
        name,
        String(value ?? ""),
      ]),
    );
    return await operation({ request, params, context });
  } catch (error) {
    return errorResponse(error, log);
  }
};

function credentialOf({ headers }: Request, accepts: Accepts): Credential | null {
  const authorization = headers.get("authorization") ?? undefined;
  const cookie = headers.get("cookie") ?? undefined;
  return readCredential({
    authorization: accepts === "cookie" ? undefined : authorization,
    cookie: accepts === "key" ? undefined : cookie,
  });
}

/** With "key" the browser's cookie says which browser shall remember the bin: then it counts as well. */
function reliesOnCookie(request: Request, accepts: Accepts, credential: Credential | null) {
  if (accepts === "key")
    return readSessionToken(request.headers.get("cookie") ?? undefined) !== null;
  return credential?.kind === "session";
}

/** Reading is safe for any site to ask: without CORS headers it can't see the answer. */
function assertSite({ request, context }: RawCall, reliesOnCookie: boolean): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin") ?? undefined;
  assertOwnOrigin({ origin, reliesOnCookie }, context, runtime().config.publicUrl);
}

async function settle<Body, Query>(
  { request, context }: RawCall,
  schemas: Schemas<Body, Query>,
  run: (input: Input<Body, Query>) => Promise<unknown>,
): Promise<Response> {
  const query = readQuery(request, (schemas.query ?? noQuery) as z.ZodType<Query>);
  const body = schemas.body
    ? await readJson(request, schemas.body, schemas.bodyBytesMax)
    : (undefined as Body);
  const cookies: string[] = [];
  const browser = browserOf(request, context, (cookie) => cookies.push(cookie));
  const result = await run({ body, query, context, browser, request });
  const response = toResponse(result, schemas.status ?? 200);
  for (const cookie of cookies) response.headers.append("Set-Cookie", cookie);
  return response;
}

function toResponse(result: unknown, status: number): Response {
  if (result instanceof Response) return result;
  return result === undefined ? emptyResponse() : jsonResponse(result, status);
}

function browserOf(
  request: Request,
  context: RequestContext,
  setCookie: (cookie: string) => void,
): Browser {
  const { publicUrl } = runtime().config;
  const origin = request.headers.get("origin") ?? undefined;
  const isOwn = isOwnOrigin(origin, context, publicUrl);
  const isSecure = (isOwn && origin ? origin : context.origin).startsWith("https:");
  return {
    token: readSessionToken(request.headers.get("cookie") ?? undefined),
    isOwn,
    setSession: (token) => setCookie(sessionCookie(token, isSecure)),
  };
}
