import type { Page } from "./bins.ts";
import type { ApiClient } from "./client.ts";
import { SECRETS_MAX } from "./secret-limits.ts";
import type { SecretCreate, SecretUpdate, SigningSecret } from "./secrets.ts";

/** The calls about a bin's signing secrets, apart from the others so that the command does without them. */
export function createSecretClient({ json, done }: Pick<ApiClient, "json" | "done">) {
  const pathOf = (bin: string, id = "") =>
    `/api/bins/${encodeURIComponent(bin)}/secrets${id && `/${encodeURIComponent(id)}`}`;

  return {
    /** All that a bin may have, the newest first. */
    list: (bin: string, signal?: AbortSignal) =>
      json<Page<SigningSecret>>("GET", `${pathOf(bin)}?limit=${SECRETS_MAX.all}`, { signal }),
    add: (bin: string, body: SecretCreate) => json<SigningSecret>("POST", pathOf(bin), { body }),
    confirm: (bin: string, id: string) => {
      const body: SecretUpdate = { confirmed: true };
      return json<SigningSecret>("PATCH", pathOf(bin, id), { body });
    },
    remove: (bin: string, id: string) => done("DELETE", pathOf(bin, id)),
  };
}
