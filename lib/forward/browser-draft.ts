import type { BrowserMode } from "../contract/browser-limits.ts";
import type { Change } from "../contract/forwards.ts";
import type { HeaderPair } from "../contract/headers.ts";
import { CONDITIONAL, FORBIDDEN_METHODS, normalisedMethod } from "./browser-headers.ts";
import { givenHeaders } from "./browser-given.ts";
import { FORWARD_ID_HEADER } from "./circle.ts";
import { ownHeaders, unaskedHeaders } from "./browser-own.ts";

/** What is to be sent: captured, edited or signed again. */
export type Sendable = {
  method: string;
  /** The whole URL, as it was typed and captured. */
  url: string;
  headers: readonly HeaderPair[];
  trailers: readonly HeaderPair[];
  bodySize: number;
};

export type BrowserWay = {
  mode: BrowserMode;
  forwardId: string;
  /** Scheme and host of the page. */
  origin: string;
  /** What the browser calls itself. */
  userAgent: string;
};

/** What a page gives to `fetch`; each of its headers stands there once. */
export type BrowserRequest = {
  method: string;
  url: string;
  headers: HeaderPair[];
  mode: BrowserMode;
  cache: "default" | "no-store";
};

export type BrowserDraft =
  | { kind: "refused"; why: string }
  | { kind: "sendable"; request: BrowserRequest; changes: Change[] };

const PLAIN_METHODS = new Set(["GET", "HEAD", "POST"]);
/** The hosts of the loopback that a page's policy can name; addresses other than this one it can't (CSP 3, 6.7.2.8). */
const OWN_MACHINE = /^(localhost|([\w-]+\.)+localhost|127\.0\.0\.1)$/i;
const ELSEWHERE = "Choose the server, or a listener.";

/**
 * What a browser sends when a page asks it to send this: which headers it keeps, changes, writes itself or leaves out, and
 * why. The body is never touched. What no browser sends is refused.
 */
export function browserDraft(sendable: Sendable, way: BrowserWay): BrowserDraft {
  const why = refusal(sendable, way.mode);
  if (why !== null) return { kind: "refused", why };
  const method = normalisedMethod(sendable.method);
  const url = resolve(sendable.url);
  const isRead = method === "GET" || method === "HEAD";
  const isConditional = sendable.headers.some(([name]) => CONDITIONAL.has(name.toLowerCase()));
  const cache = isRead || isConditional ? "no-store" : "default";

  const own = ownHeaders({ ...way, method, host: url.host, bodySize: sendable.bodySize });
  const { given, changes } = givenHeaders(sendable.headers, way.mode, own);
  if (way.mode === "cors") {
    given.set(FORWARD_ID_HEADER.toLowerCase(), [FORWARD_ID_HEADER, way.forwardId]);
    changes.push(added(FORWARD_ID_HEADER, way.forwardId, "says which forward this is"));
  }
  for (const [name, value] of unaskedHeaders(cache)) {
    if (!given.has(name.toLowerCase())) changes.push(added(name, value, "the browser adds it"));
  }
  for (const [name, value] of sendable.trailers) {
    changes.push({ kind: "dropped", name, value, why: "a browser sends no trailers" });
  }
  return {
    kind: "sendable",
    request: { method, url: url.href, headers: [...given.values()], mode: way.mode, cache },
    changes: inOrder([...lineChanges(sendable, method, url), ...changes]),
  };
}

/** What is sent for a URL, on which browsers must agree: Chromium escapes a `|` in a path, which the URL standard leaves. */
function resolve(typed: string): URL {
  const url = new URL(typed);
  url.hash = "";
  url.pathname = url.pathname.replaceAll("|", "%7C");
  return url;
}

/** Whether a page may reach it at all. */
const isOnOwnMachine = (url: string): boolean =>
  URL.canParse(url) && OWN_MACHINE.test(new URL(url).hostname);

function refusal({ method, url, bodySize }: Sendable, mode: BrowserMode): string | null {
  const asked = normalisedMethod(method);
  if (!isOnOwnMachine(url)) {
    return "A page reaches only its own machine: http://localhost:3000, a name such as http://app.localhost:3000, or http://127.0.0.1:3000. For any other target choose the server, or a listener.";
  }
  if (FORBIDDEN_METHODS.has(asked.toUpperCase()))
    return `A browser sends no ${asked}. ${ELSEWHERE}`;
  if (bodySize > 0 && (asked === "GET" || asked === "HEAD")) {
    return `A browser sends no body with ${asked}. ${ELSEWHERE}`;
  }
  if (mode === "no-cors" && !PLAIN_METHODS.has(asked)) {
    return `Without the target’s leave a browser sends GET, HEAD and POST only, and no ${asked}.`;
  }
  return null;
}

/** What becomes of the request line. Names in brackets: no header has such a one. */
function lineChanges({ method, url: typed }: Sendable, sent: string, url: URL): Change[] {
  const changes: Change[] = [];
  if (sent !== method) {
    changes.push({
      kind: "changed",
      name: "(method)",
      value: sent,
      why: "a browser writes it in capitals",
    });
  }
  const path = url.href.slice(url.origin.length);
  const asked = /^[^:]+:\/\/[^/?#]*(.*)$/s.exec(typed)?.[1] ?? "";
  if (path !== asked && path !== `/${asked}`) {
    changes.push({
      kind: "changed",
      name: "(path)",
      value: path,
      why: "a browser resolves dots, escapes some characters and cuts off a #fragment",
    });
  }
  return changes;
}

const ORDER: Change["kind"][] = ["dropped", "changed", "added"];

/** What is lost comes first. */
const inOrder = (changes: Change[]): Change[] =>
  changes.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));

const added = (name: string, value: string, why: string): Change => ({
  kind: "added",
  name,
  value,
  why,
});
