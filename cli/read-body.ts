import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { BinAccess } from "./bin-access.ts";
import { CliError, Exit } from "./exit.ts";
import { fetchBody } from "./listen/fetch-body.ts";

/** What is stored of a request's body, checked by its SHA-256. @throws CliError notFound */
export async function readBody(
  request: CapturedRequest,
  { client, bin, key }: BinAccess,
): Promise<Buffer> {
  if (request.bodySize === 0) return Buffer.alloc(0);
  const fetched = await fetchBody({
    url: client.bodyUrl(bin, request.id),
    key,
    size: request.bodySize,
    sha256: request.bodySha256,
    onProgress: () => {},
  });
  if (fetched.kind === "whole") return fetched.body;
  throw new CliError(Exit.notFound, `#${request.seq}: ${fetched.message}`);
}
