import { existsSync } from "node:fs";
import type { Secret } from "#lib/signatures/subject.ts";
import { usageError } from "../exit.ts";
import { loadSecrets } from "../listen/target-flags.ts";

/** Signing secrets that lie on this machine, and leave it for nobody. */
export type LocalSecrets = {
  /** Those that may be this provider's, the one that is named for it first. */
  of: (provider: string) => Secret[];
  isEmpty: boolean;
};

const SECRET_VARIABLE = "HOOKLENS_SECRET";
const CONFIG_FILE = "hooklens.yml";

/**
 * HOOKLENS_SECRET, for whoever sent the request, and the file's `secrets`. Never from the arguments, which everybody on the
 * machine can see.
 */
export function localSecrets(
  env: NodeJS.ProcessEnv,
  fromFile: ReadonlyMap<string, string>,
): LocalSecrets {
  const given = env[SECRET_VARIABLE]?.trim();
  return {
    of(provider) {
      const named = fromFile.get(provider);
      return [
        ...(named ? [{ id: `secrets.${provider}`, provider, value: named }] : []),
        ...(given ? [{ id: SECRET_VARIABLE, provider, value: given }] : []),
      ];
    },
    isEmpty: !given && fromFile.size === 0,
  };
}

/** As the commands have them that need no targets. @throws CliError usage when there is none */
export function findSecrets(env: NodeJS.ProcessEnv, config: string | undefined): LocalSecrets {
  const file = config ?? (existsSync(CONFIG_FILE) ? CONFIG_FILE : undefined);
  return requireSecrets(localSecrets(env, file === undefined ? new Map() : loadSecrets(file)));
}

/** @throws CliError usage */
export function requireSecrets(secrets: LocalSecrets): LocalSecrets {
  if (!secrets.isEmpty) return secrets;
  throw usageError(
    `With which secret? Set ${SECRET_VARIABLE}, or write \`secrets:\` into ${CONFIG_FILE}. An argument would be seen by everybody on this machine.`,
  );
}

/** The one to sign with. @throws CliError usage when there is none of this provider */
export function secretFor(provider: string, secrets: LocalSecrets): Secret {
  const [secret] = secrets.of(provider);
  if (secret) return secret;
  throw usageError(
    `There is no secret of ${provider} here: set ${SECRET_VARIABLE}, or write it into ${CONFIG_FILE}.`,
  );
}
