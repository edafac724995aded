import { utf8, wireBytes } from "../bytes.ts";
import type { Canonical } from "../canonical.ts";
import { type Reader, VALUES_MAX } from "../reader.ts";
import type { Part } from "../template.ts";

const LIST = "x-contentful-signed-headers";
const TIMESTAMP = "x-contentful-timestamp";

/**
 * Method, path, headers and body, each on a line (@contentful/node-apps-toolkit, requests/sign-request). The headers are
 * those that the request itself names, in order of their names, the list and the time always among them. The query is
 * escaped as a whole, and the path with it once more, as that package does.
 */
export const contentful: Canonical = ({ reader, time }, received) => {
  const names = signedNames(reader);
  const valueOf = (name: string): string | undefined => {
    if (name === LIST) return names.join(",");
    return name === TIMESTAMP ? time : reader.first(`header:${name}`)?.trim();
  };
  const path = escapedPath(reader.request.url);
  const parts: Part[] = [
    { from: "method", bytes: utf8(reader.request.method) },
    { from: "text", bytes: utf8("\n") },
    { from: "url", bytes: utf8(path ?? "") },
    { from: "text", bytes: utf8("\n") },
    ...names.flatMap((name, at): Part[] => [
      { from: "text", bytes: utf8(`${at === 0 ? "" : ";"}${name}:`) },
      { from: `header:${name}`, bytes: wireBytes(valueOf(name) ?? "") },
    ]),
    { from: "text", bytes: utf8("\n") },
    { from: "body", bytes: reader.request.body },
  ];
  const isListed = reader.first(`header:${LIST}`) !== undefined;
  const absent = [...(isListed ? [] : [`header:${LIST}`]), ...(path === null ? ["url"] : [])];
  return received.map((group) => ({
    messages: absent.length > 0 ? [] : [parts],
    absent,
    received: group,
  }));
};

/** Only those that came count; the package writes the list anew. */
function signedNames(reader: Reader): string[] {
  const listed = (reader.first(`header:${LIST}`) ?? "").toLowerCase().split(",", VALUES_MAX);
  const isThere = (name: string) => name !== "" && reader.first(`header:${name}`) !== undefined;
  const names = listed.map((name) => name.trim()).filter(isThere);
  return [...new Set([...names, LIST, TIMESTAMP])].sort();
}

/** Null for what can't be escaped: a lone surrogate. */
function escapedPath(url: string): string | null {
  const [path = "", query] = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").split("?");
  try {
    return encodeURI(query ? `${path || "/"}?${encodeURIComponent(query)}` : path || "/");
  } catch {
    return null;
  }
}
