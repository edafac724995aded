import type { DestinationHeaders } from "../contract/destinations.ts";
import type { HeaderPair } from "../contract/headers.ts";
import { HooklensError } from "../errors.ts";
import type { KeptHeaders, SealedHeaders } from "../store/kept-headers.ts";
import { noSecretKey } from "./no-secret-key.ts";
import type { Place, Sealer } from "./sealer.ts";

export type AddedHeaders = ReturnType<typeof createAddedHeaders>;

/** The values of the headers that destinations and resends add: sealed on their way into the table, opened to be sent only. */
export function createAddedHeaders(sealer: Sealer | null) {
  /** Null when no key opens them. */
  function open(place: Place, { add, sealed }: KeptHeaders): HeaderPair[] | null {
    if (sealed === null) {
      return add.every(isWhole)
        ? add.map(([name, value]): HeaderPair => [name, value ?? ""])
        : null;
    }
    const text = sealer?.open(sealed, place) ?? null;
    if (text === null) return null;
    const values = JSON.parse(text) as string[];
    return add.map(([name], index): HeaderPair => [name, values[index] ?? ""]);
  }

  /**
   * @param kept what there was: a value that is null stays as it is there, by its name.
   * @returns null where there is nothing to seal.
   * @throws HooklensError no_secret_key, invalid_fields
   */
  function seal(
    place: Place,
    add: DestinationHeaders["add"],
    kept: KeptHeaders | null,
  ): SealedHeaders | null {
    if (add.length === 0) return null;
    if (!sealer) throw noSecretKey();
    const isKeeping = !add.every(isWhole);
    const left = isKeeping && kept ? [...(open(place, kept) ?? [])] : [];
    const values = add.map(([name, value], index) => value ?? take(left, name, index));
    return { sealed: sealer.seal(JSON.stringify(values), place), check: sealer.check() };
  }

  return { open, seal };
}

const isWhole = ([, value]: readonly [string, string | null]) => value !== null;

/** The first of its name that is left; of several, each has its own. */
function take(left: HeaderPair[], name: string, index: number): string {
  const at = left.findIndex(([given]) => given.toLowerCase() === name.toLowerCase());
  const [found] = at < 0 ? [] : left.splice(at, 1);
  if (found) return found[1];
  const error = {
    pointer: `/headers/add/${index}/1`,
    detail: `No value of ${name} is kept: write it`,
  };
  throw new HooklensError("invalid_fields", `${error.pointer}: ${error.detail}.`, {
    errors: [error],
  });
}
