import type { HandshakeRefusal } from "#lib/contract/events.ts";
import type { BinAddress } from "./bin-address.ts";
import { CliError, Exit } from "./exit.ts";

/** A handshake that the server refuses for good, as the end of the command. */
export function refusalError(
  { code, status }: HandshakeRefusal,
  { origin, bin }: BinAddress,
): CliError {
  const url = `${origin}/in/${bin}`;
  if (status === 401 || status === 403)
    return new CliError(Exit.key, `The key does not open ${url} (${code}).`);
  if (status === 404) return new CliError(Exit.notFound, `There is no bin ${url}.`);
  if (status === 410)
    return new CliError(Exit.notFound, `The bin ${url} was deleted, or has expired.`);
  if (code === "invalid_fields") {
    const words = `${origin} is of another version than this command: npx ${origin}/cli.tgz is its own.`;
    return new CliError(Exit.refused, words);
  }
  return new CliError(Exit.refused, `The server refused the connection (${status} ${code}).`);
}
