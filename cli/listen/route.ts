import { isHooklensError } from "#lib/errors.ts";
import { parseTarget, type Target } from "#lib/forward/target.ts";
import { type Filter, readFilter } from "./filter.ts";
import { RouteError } from "./route-error.ts";

/** Where a request goes on this machine, and how. */
export type Way =
  | {
      kind: "url";
      target: Target;
      /** As typed. */
      url: string;
      /** The captured path and query follow the URL's. */
      append: boolean;
      /** In the place of the target's own Host. */
      hostHeader: string | null;
      /** Takes any certificate. */
      insecure: boolean;
    }
  | { kind: "exec"; command: string };

export type Route = {
  /** Null takes everything. */
  filter: Filter | null;
  way: Way;
  timeoutMs: number;
};

export const TIMEOUT_MS = 30_000;
/** What `--timeout 0` stands for: the longest that a timer can be. */
export const NO_TIMEOUT_MS = 2 ** 31 - 1;

const PORT_ONLY = /^:?(\d{1,5})(\/.*)?$/;
const BARE_LOCALHOST = /^(localhost|127\.0\.0\.1|\[::1\])([:/].*)?$/i;

/** A target as typed: a URL, or what is short for one: `3000`, `:3000/hook`, `localhost:3000`. @throws RouteError */
export function readTarget(text: string): { url: string; target: Target } {
  const [, port, path = ""] = PORT_ONLY.exec(text) ?? [];
  const url = port
    ? `http://localhost:${port}${path}`
    : BARE_LOCALHOST.test(text)
      ? `http://${text}`
      : text;
  try {
    return { url, target: parseTarget(url) };
  } catch (error) {
    if (!isHooklensError(error)) throw error;
    throw new RouteError(`"${text}" is no target: ${error.errors?.[0]?.detail ?? error.message}.`);
  }
}

/** `FILTER=URL` in its two parts. A URL alone may hold a = as well. @throws RouteError */
export function splitFilter(text: string): { filter: Filter | null; target: string } {
  if (/^https?:\/\//i.test(text)) return { filter: null, target: text };
  const [, filter, target] = /^(.+?)=(https?:\/\/.*|:?\d{1,5}(?:\/.*)?)$/is.exec(text) ?? [];
  if (filter === undefined || target === undefined) return { filter: null, target: text };
  return { filter: readFilter(filter), target };
}

/** In one line, for the page and for what is printed. */
export function describeRoute({ filter, way }: Route): string {
  const to = way.kind === "url" ? way.url : `exec ${way.command}`;
  return filter ? `${filter.text} → ${to}` : to;
}

/** @throws RouteError when a route can never be reached because one before it takes everything. */
export function checkOrder(routes: readonly Route[]): void {
  const open = routes.findIndex(({ filter }) => filter === null);
  const hidden = open >= 0 ? routes[open + 1] : undefined;
  if (!hidden) return;
  throw new RouteError(
    `"${describeRoute(hidden)}" would never get a request: the target before it has no filter and takes all. Put the one without a filter last.`,
  );
}
