import { HooklensError } from "../errors.ts";

/** Where a forward goes, as typed: nothing in it is decoded, resolved or normalised. */
export type Target = {
  scheme: "http" | "https";
  /** What the Host header says: host and port as typed. */
  authority: string;
  /** A name or an address, without the brackets of IPv6. */
  host: string;
  port: number;
  /** "" or from the first slash on. */
  path: string;
  /** What follows the first `?`; null without one. */
  query: string | null;
};

const URL_PARTS = /^(https?):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/i;
const HOST_NAME = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i;
const EXAMPLE = "such as http://localhost:3000/webhooks";

/**
 * Reads a target without a URL parser, because those rewrite: WHATWG's resolves `..`, encodes, and turns `0x7f.1` into
 * an address. The grammar is RFC 3986's; the fragment is cut, as it never travels.
 * @throws HooklensError invalid_fields at /to, saying what to write instead.
 */
export function parseTarget(text: string): Target {
  refuseOddCharacters(text);
  const [, scheme = "", authority = "", path = "", query] = URL_PARTS.exec(text) ?? [];
  if (!scheme) throw invalid(schemeAdvice(text));
  const secure = scheme.toLowerCase() === "https";
  return {
    scheme: secure ? "https" : "http",
    authority,
    ...parseAuthority(authority, secure ? 443 : 80),
    path,
    query: query ?? null,
  };
}

function refuseOddCharacters(text: string): void {
  const at = text.search(/[^\x21-\x7e]/);
  if (at < 0) return;
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const shown = character.trim() ? `"${character}"` : "white space or a control character";
  throw invalid(
    `Character ${at + 1} is ${shown}, which a URL can't hold: write ${encodeURIComponent(character.toWellFormed())} in a path or a query, and the xn-- form of a host name`,
  );
}

function schemeAdvice(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return `Only http:// and https:// targets can be forwarded to, ${EXAMPLE}`;
  }
  return `A target is a whole URL with http:// or https:// before the host, ${EXAMPLE}`;
}

function parseAuthority(authority: string, defaultPort: number): Pick<Target, "host" | "port"> {
  if (authority.includes("@")) {
    throw invalid(
      "A user name or password before the host is not sent: take it out and add an Authorization header",
    );
  }
  const [, bracketed, name, port] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(authority) ?? [];
  return { host: parseHost(bracketed, name), port: parsePort(port, defaultPort) };
}

function parseHost(bracketed: string | undefined, name: string | undefined): string {
  if (bracketed !== undefined) {
    // RFC 6874 writes the zone's % as %25.
    const address = bracketed.replace(/%25/, "%");
    if (isIPv6(address)) return address;
    throw invalid(`"${bracketed}" in brackets is no IPv6 address`);
  }
  if (!name) throw invalid(`The host is missing, or its brackets and colons don't fit, ${EXAMPLE}`);
  if (HOST_NAME.test(name) && name.length <= 254) return name;
  throw invalid(`"${name}" is no host name: letters, digits, "-", "_" and single dots`);
}

/** Without node:net, because the page shows where a typed target leads. A zone is no part of what a URL can hold. */
function isIPv6(address: string): boolean {
  return URL.canParse(`http://[${address.replace(/%[\w.~-]+$/, "")}]/`);
}

function parsePort(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw invalid(`":${text}" is no port: a number from 1 to 65535, or nothing and no colon`);
}

/**
 * What stands in the request line. With `append` the captured request's target follows the typed path and query:
 * `/hook` + `/a//b?x=1` = `/hook/a//b?x=1`, `/hook/` + `/a` = `/hook/a`, `/hook?k=1` + `/a?x` = `/hook/a?k=1&x`.
 * @param captured what followed the bin in the captured request line, raw: "", or it begins with `/` or `?`.
 */
export function joinTarget(target: Target, captured: string, append: boolean): string {
  if (!append) return requestLine(target.path, target.query);
  const mark = captured.indexOf("?");
  const path = mark < 0 ? captured : captured.slice(0, mark);
  const query = mark < 0 ? null : captured.slice(mark + 1);
  const base = path && target.path.endsWith("/") ? target.path.slice(0, -1) : target.path;
  return requestLine(base + path, joinQueries(target.query, query));
}

const requestLine = (path: string, query: string | null): string =>
  (path || "/") + (query === null ? "" : `?${query}`);

function joinQueries(typed: string | null, captured: string | null): string | null {
  if (!typed || !captured) return typed || captured || (typed ?? captured);
  return `${typed}&${captured}`;
}

function invalid(detail: string): HooklensError {
  return new HooklensError("invalid_fields", `\`to\` is not a target: ${detail}.`, {
    errors: [{ pointer: "/to", detail }],
  });
}
