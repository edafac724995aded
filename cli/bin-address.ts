import { usageError } from "./exit.ts";

/** A bin on a server. */
export type BinAddress = { origin: string; bin: string };

const BIN_ID = /^[a-z0-9]{20}$/;
/** A capture URL with or without what follows the bin, or the page of the bin. */
const BIN_PATH = /^\/(?:in|b)\/([a-z0-9]{20})(?:[/?#].*)?$/;

export const isUrl = (text: string) => /^https?:\/\//i.test(text);
export const isBinId = (text: string) => BIN_ID.test(text);

/**
 * Reads a capture URL or a bin's page. A key in a private link is not taken: what stands in a command's arguments is seen
 * by everybody on the machine.
 * @throws CliError usage
 */
export function readBinUrl(text: string): BinAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  const bin = url && BIN_PATH.exec(url.pathname)?.[1];
  if (url && bin) return { origin: url.origin, bin };
  throw usageError(
    `"${text}" is no capture URL: one looks like https://hooklens.example.com/in/3k7… (20 letters and digits).`,
  );
}

/** `http://host:3000`, for --origin and HOOKLENS_ORIGIN. @throws CliError usage */
export function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw usageError(
    `"${text}" is no server's address: one looks like https://hooklens.example.com.`,
  );
}
