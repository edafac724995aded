import type { HeaderPair } from "../../contract/headers.ts";
import type { ChangeCode } from "./change.ts";

export type UrlVariant = { url: string; codes: ChangeCode[] };

type Piece = { text: string; code: ChangeCode | null };

const URL_CHARACTERS_MAX = 8_192;
const HOSTS_MAX = 4;
/** Where applications listen behind what the sender sees. */
const USUAL_PORTS = ["3000", "8000", "8080", "8443"];

/** URLs that the sender may have signed in place of the one that this server takes it to have seen; one change first. */
export function urlVariants(url: string, headers: readonly HeaderPair[]): UrlVariant[] {
  const [, scheme = "", authority = "", path = "", query = ""] =
    /^(https?):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?/i.exec(url) ?? [];
  if (!authority || url.length > URL_CHARACTERS_MAX) return [];
  const choices = [schemes(scheme), hosts(authority, headers), paths(path), queries(query)];
  const all = combine(choices).map((pieces) => ({
    url: `${pieces[0]?.text}://${pieces
      .slice(1)
      .map(({ text }) => text)
      .join("")}`,
    codes: pieces.flatMap(({ code }) => code ?? []),
  }));
  const bare = [
    { url: path + query, codes: ["url_host" as const] },
    { url: path, codes: ["url_host" as const, "url_query" as const] },
  ];
  const variants = [...all, ...bare].sort((a, b) => a.codes.length - b.codes.length);
  const seen = new Set([url]);
  return variants.filter((variant) => !seen.has(variant.url) && seen.add(variant.url));
}

const schemes = (scheme: string): Piece[] => [
  { text: scheme, code: null },
  { text: scheme === "https" ? "http" : "https", code: "url_scheme" },
];

/** What proxies say that they were asked for, with and without a port. */
function hosts(authority: string, headers: readonly HeaderPair[]): Piece[] {
  const named = headers.filter(([name]) =>
    /^(?:x-forwarded-host|x-original-host|host|forwarded)$/i.test(name),
  );
  const others = named
    .map(([, value]) =>
      (/\bhost="?([^";,\s]+)/i.exec(value)?.[1] ?? value.split(",")[0] ?? "").trim(),
    )
    .filter((host) => /^[\w.:[\]-]+$/.test(host) && host !== authority)
    .slice(0, HOSTS_MAX);
  const port = headers.find(([name]) => name.toLowerCase() === "x-forwarded-port")?.[1] ?? "";
  return [
    { text: authority, code: null },
    ...ports(authority, port, USUAL_PORTS).map((text): Piece => ({ text, code: "url_port" })),
    ...others.flatMap((host): Piece[] =>
      [host, ...ports(host, port)].map((text) => ({ text, code: "url_host" })),
    ),
  ];
}

function ports(authority: string, forwarded: string, usual: readonly string[] = []): string[] {
  const bare = authority.replace(/:\d+$/, "");
  const known = ["443", "80", ...(/^\d{1,5}$/.test(forwarded) ? [forwarded] : []), ...usual];
  return [bare, ...known.map((port) => `${bare}:${port}`)].filter((text) => text !== authority);
}

function paths(path: string): Piece[] {
  const decoded = decodeSafely(path);
  return [
    { text: path, code: null },
    { text: path.endsWith("/") ? path.slice(0, -1) : `${path}/`, code: "url_slash" },
    ...(decoded === path ? [] : [{ text: decoded, code: "url_escapes" as const }]),
    // Some proxies serve what stands behind a first segment.
    ...(/^\/[^/]+\/./.test(path)
      ? [{ text: path.replace(/^\/[^/]+/, ""), code: "url_path" as const }]
      : []),
  ];
}

function queries(query: string): Piece[] {
  const decoded = decodeSafely(query);
  return [
    { text: query, code: null },
    ...(query ? [{ text: "", code: "url_query" as const }] : []),
    ...(decoded === query ? [] : [{ text: decoded, code: "url_escapes" as const }]),
  ];
}

const combine = (choices: readonly Piece[][]): Piece[][] =>
  choices.reduce<Piece[][]>(
    (lists, pieces) => lists.flatMap((list) => pieces.map((piece) => [...list, piece])),
    [[]],
  );

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
