import type { Config } from "../config.ts";
import { messageOf } from "../message-of.ts";
import type { Store } from "../store/store.ts";
import { StartError } from "../store/start-error.ts";
import { keyFile, makeKeyFile, readKeyFile } from "./key-file.ts";
import { Sealer } from "./sealer.ts";
import { sealingKey } from "./sealing-key.ts";

type Parts = {
  config: Pick<Config, "secretKeys" | "database">;
  /** The database is our own, so a key of our own may lie beside it. */
  embedded: boolean;
  store: Pick<Store, "sealing">;
};

/**
 * What seals and opens signing secrets; null when no key is given: an outside database may be shared with servers that
 * could not open what a key of our own had sealed.
 * @throws StartError when something is sealed that the given keys don't open.
 */
export async function openSealer(parts: Parts): Promise<Sealer | null> {
  const checks = await parts.store.sealing.checks();
  const sealer = makeSealer(parts, checks.length > 0);
  if (checks.every((check) => sealer?.opensCheck(check))) return sealer;
  throw new StartError(sealer ? WRONG_KEY : MISSING_KEY);
}

/** The same, whatever may be sealed with keys that are lost. */
export function makeSealer(
  { config, embedded }: Pick<Parts, "config" | "embedded">,
  anySealed: boolean,
): Sealer | null {
  const { dataDir } = config.database;
  const kept = embedded ? readKept(dataDir) : null;
  const [first, ...others] = [...config.secretKeys, ...(kept === null ? [] : [kept])];
  if (first !== undefined) return new Sealer(sealingKey(first), others.map(sealingKey));
  return embedded && !anySealed ? new Sealer(sealingKey(makeKeyFile(dataDir))) : null;
}

function readKept(dataDir: string): string | null {
  try {
    return readKeyFile(dataDir);
  } catch (error) {
    const reason = messageOf(error);
    throw new StartError(`The key of the signing secrets can't be read: ${reason}.`);
  }
}

const GIVE_UP = "To give them up instead, run `npm run reseal -- --drop-lost`.";
const WRONG_KEY = `SECRET_KEY does not open the signing secrets in this database. Set it to the key that sealed them; for a new one, put that in front, as SECRET_KEY=new,old. ${GIVE_UP}`;
const MISSING_KEY = `The signing secrets in this database are sealed, and SECRET_KEY is not set. Set it to the key that sealed them (or put the file ${keyFile("DATA_DIR")} back). ${GIVE_UP}`;
