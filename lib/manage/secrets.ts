import type { Page } from "../contract/bins.ts";
import type { SecretCreate, SigningSecret } from "../contract/secrets.ts";
import { HooklensError } from "../errors.ts";
import type { Learned } from "../providers/learned.ts";
import { toPage } from "./page.ts";
import type { ManageParts } from "./parts.ts";

export function createSecretOperations({ store, vault, live, forgetBin, rejudge }: ManageParts) {
  /** From the next request on signatures are judged with it, and beside that what is stored already. */
  async function add(binId: string, input: SecretCreate): Promise<SigningSecret> {
    const secret = await vault.add(binId, input);
    changed(binId);
    return secret;
  }

  /**
   * Keeps the secret that a provider's check of the URL brought. Anybody may send such a check: so only the first one of a
   * provider counts, and until a person confirms it, it lets nothing into a bin that takes only what is verified.
   */
  async function learn(binId: string, learned: Learned, seq: number): Promise<void> {
    const kept = await vault.ofBin(binId);
    if (kept.some(({ provider }) => provider === learned.provider)) return;
    await vault.add(binId, learned, seq);
    changed(binId);
  }

  /** From the next request on it counts where only what is verified is taken. @throws secret_not_found */
  async function confirm(binId: string, id: string): Promise<SigningSecret> {
    const secret = await store.secrets.confirm(binId, id);
    if (!secret) throw notFound();
    forgetBin(binId);
    live.binChanged(binId);
    return secret;
  }

  /** Newest first; never the secrets themselves. */
  async function list(
    binId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<SigningSecret>> {
    const secrets = await store.secrets.list(binId, { limit: limit + 1, before: cursor });
    return toPage(secrets, limit, (secret) => secret.id);
  }

  /** @throws secret_not_found */
  async function remove(binId: string, id: string): Promise<void> {
    if (!(await store.secrets.remove(binId, id))) {
      throw notFound();
    }
    changed(binId);
  }

  function changed(binId: string): void {
    forgetBin(binId);
    live.binChanged(binId);
    rejudge();
  }

  return { add, learn, confirm, list, remove };
}

const notFound = () => new HooklensError("secret_not_found", "It may be removed already.");
