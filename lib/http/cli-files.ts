import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "../config.ts";
import { HooklensError } from "../errors.ts";
import { cliFile, cliTarball } from "./cli-package.ts";

type Served = { bytes: Buffer; type: string; etag: string };

/**
 * Hands out the server's own `hooklens` command: `/cli-{version}.tgz` for npx, `/cli.mjs` as one file. npx keeps what it
 * got by its URL, hence the version in it; `/cli.tgz` and the addresses of other versions lead to the present one.
 */
export function createCliFiles(config: Pick<Config, "root" | "version" | "publicUrl">) {
  const tarball = `/cli-${config.version}.tgz`;
  const kept = new Map<string, Served>();

  function read(path: string): Served {
    const known = kept.get(path);
    if (known) return known;
    const isTarball = path === tarball;
    const bytes = built(() => (isTarball ? cliTarball(config) : cliFile(config)));
    const type = isTarball ? "application/gzip" : "text/javascript; charset=utf-8";
    const served = {
      bytes,
      type,
      etag: `"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}"`,
    };
    kept.set(path, served);
    return served;
  }

  return {
    serves: (path: string) => /^\/cli(-[\w.+-]+)?\.tgz$|^\/cli\.mjs$/.test(path),

    /** @throws HooklensError method_not_allowed, not_found */
    handle(path: string, request: IncomingMessage, response: ServerResponse): void {
      if (request.method !== "GET" && request.method !== "HEAD") {
        throw new HooklensError("method_not_allowed", "It can be fetched, nothing else.", {
          headers: { Allow: "GET, HEAD" },
        });
      }
      if (path !== tarball && path !== "/cli.mjs") {
        response.writeHead(302, {
          Location: tarball,
          "Cache-Control": "no-cache",
          "Content-Length": 0,
        });
        response.end();
        return;
      }
      const { bytes, type, etag } = read(path);
      // The name stays while a version is worked on: who has a copy asks whether it is still the one.
      response.setHeader("Cache-Control", "public, no-cache");
      response.setHeader("ETag", etag);
      if (isKnown(request.headers["if-none-match"], etag)) {
        response.writeHead(304).end();
        return;
      }
      response.writeHead(200, { "Content-Type": type, "Content-Length": bytes.byteLength });
      response.end(request.method === "HEAD" ? undefined : bytes);
    },
  };
}

export type CliFiles = ReturnType<typeof createCliFiles>;

/** RFC 9110 13.1.2: weak comparison. */
const isKnown = (header: string | undefined, etag: string) =>
  header === "*" ||
  (header ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === etag);

function built<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    throw new HooklensError("not_found", "The command was not built: `npm run build` makes it.");
  }
}
