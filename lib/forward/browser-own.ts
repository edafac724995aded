import type { HeaderPair } from "../contract/headers.ts";
import type { BrowserRequest, BrowserWay } from "./browser-draft.ts";

/** What the browser writes itself, in words of its own. */
export const OWN = "(the browser’s own)";

/** A header that the browser writes, whatever a page says. */
export type OwnHeader = { name: string; value: string; why: string };

type Line = Pick<BrowserWay, "mode" | "origin" | "userAgent"> & {
  method: string;
  host: string;
  bodySize: number;
};

/** A POST or PUT without a body says so (Fetch, HTTP-network-or-cache fetch). */
const LENGTH_METHODS = new Set(["POST", "PUT"]);

/** By their names in lower case. */
export function ownHeaders(line: Line): ReadonlyMap<string, OwnHeader> {
  const { method, host, bodySize, userAgent } = line;
  const own = [
    { name: "Host", value: host, why: "the target’s" },
    { name: "Connection", value: "keep-alive", why: "the browser’s connection" },
    { name: "User-Agent", value: userAgent || OWN, why: "a browser says what it is" },
    { name: "Accept-Encoding", value: OWN, why: "only the browser may set it" },
  ];
  if (bodySize > 0 || LENGTH_METHODS.has(method)) {
    own.push({ name: "Content-Length", value: String(bodySize), why: "that of the body" });
  }
  const origin = originOf(line);
  if (origin) own.push({ name: "Origin", value: origin, why: "says which page asks" });
  return new Map(own.map((header) => [header.name.toLowerCase(), header]));
}

/** A page that sends no Referer sends no Origin either where it is not needed for CORS (Fetch, "append a request Origin"). */
function originOf({ mode, method, origin }: Line): string | null {
  if (mode === "cors") return origin;
  return method === "GET" || method === "HEAD" ? null : "null";
}

/** What the browser adds unless a page has given it. */
export function unaskedHeaders(cache: BrowserRequest["cache"]): HeaderPair[] {
  return [
    ["Accept", "*/*"],
    ["Accept-Language", OWN],
    ...(cache === "no-store" ? noStore : []),
    ["Sec-Fetch-*, Sec-CH-*, Priority", OWN],
  ];
}

const noStore: HeaderPair[] = [
  ["Cache-Control", "no-cache"],
  ["Pragma", "no-cache"],
];
