import { globSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import type { Config } from "../config.ts";

const TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** They speak of documents; on each of a page's scripts they would only be bytes on the wire. */
const FOR_DOCUMENTS = ["Cross-Origin-Opener-Policy", "X-Frame-Options"];

/**
 * The scripts and style sheets of the pages in brotli, packed when the pages were built: a seventh smaller than what
 * Next packs anew, with gzip, for each request. Whoever does not take it (browsers don't over http, but for localhost) is
 * Next's. Their names change with their contents.
 */
export function readPackedFiles({ root, dev }: Pick<Config, "root" | "dev">) {
  const folder = path.join(root, ".next/static");
  const files = new Map<string, Buffer>();
  for (const file of dev ? [] : globSync("**/*.br", { cwd: folder })) {
    const name = file.slice(0, -".br".length).replaceAll(path.sep, "/");
    files.set(`/_next/static/${name}`, readFileSync(path.join(folder, file)));
  }

  return {
    /** False: not one of them, or not for this one. */
    send(name: string, request: IncomingMessage, response: ServerResponse): boolean {
      const bytes = files.get(name);
      const isRead = request.method === "GET" || request.method === "HEAD";
      if (!bytes || !isRead || !takesBrotli(request.headers["accept-encoding"])) return false;
      for (const header of FOR_DOCUMENTS) response.removeHeader(header);
      response.writeHead(200, {
        "Content-Type": TYPES[path.extname(name)],
        "Content-Encoding": "br",
        "Content-Length": bytes.byteLength,
        "Cache-Control": "public, max-age=31536000, immutable",
        Vary: "Accept-Encoding",
      });
      response.end(request.method === "HEAD" ? undefined : bytes);
      return true;
    },
  };
}

export type PackedFiles = ReturnType<typeof readPackedFiles>;

/** RFC 9110 12.5.3; a weight of 0 refuses. */
const takesBrotli = (accepted: string | string[] | undefined): boolean =>
  /(?:^|,)\s*br\s*(?:,|$|;\s*q=(?:1|0\.\d*[1-9]))/i.test(String(accepted ?? ""));
