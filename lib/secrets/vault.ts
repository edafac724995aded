import { LRUCache } from "lru-cache";
import { v7 as uuidv7 } from "uuid";
import { SECRETS_MAX } from "../contract/secret-limits.ts";
import type { SecretCreate, SigningSecret } from "../contract/secrets.ts";
import { HooklensError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { PublicKeyAlgorithm } from "../providers/scheme.ts";
import { secretGuide } from "../providers/secret-guide.ts";
import { ownKeyScheme } from "../signatures/can-sign.ts";
import { isPrivateKey, makePrivateKey, publicHalf } from "../signatures/private-key.ts";
import type { Secret } from "../signatures/subject.ts";
import type { SealedSecret } from "../store/secrets.ts";
import type { Store } from "../store/store.ts";
import { noSecretKey } from "./no-secret-key.ts";
import type { Sealer } from "./sealer.ts";
import { secretProblem } from "./secret-problem.ts";

type VaultParts = { store: Pick<Store, "secrets">; sealer: Sealer | null; log: Log };

const TOUCH_EVERY_MS = 60_000;
const TOUCHED_MAX = 10_000;

export type Vault = ReturnType<typeof createVault>;

/** The signing secrets of all bins, sealed on their way into the table and opened on their way out. */
export function createVault({ store, sealer, log }: VaultParts) {
  const touched = new LRUCache<string, true>({ max: TOUCHED_MAX, ttl: TOUCH_EVERY_MS });

  /**
   * @param learnedFrom the seq of the request that brought it; null when a person gives it.
   * @throws no_secret_key, invalid_fields, too_many_secrets, bin_gone
   */
  async function add(
    binId: string,
    input: SecretCreate,
    learnedFrom: number | null = null,
  ): Promise<SigningSecret> {
    if (!sealer) throw noSecretKey();
    const { value, publicKey } = await valueOf(input);
    const kept = await signersOf(binId);
    const same = kept.find((each) => each.provider === input.provider && each.value === value);
    const confirmed = same?.isUnconfirmed ? await store.secrets.confirm(binId, same.id) : null;
    if (confirmed) return confirmed;
    if (same) throw invalid("/secret", "This one is kept already");
    const id = uuidv7();
    const added = await store.secrets.add(
      {
        id,
        binId,
        provider: input.provider,
        label: input.label ?? "",
        sealed: sealer.seal(value, { binId, rowId: id }),
        check: sealer.check(),
        publicKey,
        learnedFrom,
      },
      SECRETS_MAX,
    );
    if (added === "gone") throw new HooklensError("bin_gone", "It was deleted or has expired.");
    if (added === "full") {
      throw new HooklensError(
        "too_many_secrets",
        `${SECRETS_MAX.ofProvider} of a provider are kept, and ${SECRETS_MAX.all} in all. Remove one that is not used any more.`,
      );
    }
    return added;
  }

  /** What signatures are checked with; keys of the bin's own check nothing that a provider sends. */
  async function ofBin(binId: string): Promise<Secret[]> {
    return (await signersOf(binId)).filter(({ value }) => !isPrivateKey(value));
  }

  /** All that can be opened, the newest first. One that can't is told to the log, and the others still count. */
  async function signersOf(binId: string): Promise<Secret[]> {
    const sealed = await store.secrets.sealed(binId);
    return sealed.flatMap((secret) => opened(binId, secret) ?? []);
  }

  function opened(binId: string, secret: SealedSecret): Secret | null {
    const { id, provider, sealed, learnedFrom } = secret;
    const value = sealer?.open(sealed, { binId, rowId: id }) ?? null;
    if (value === null) {
      const message = "a signing secret can't be opened: is SECRET_KEY the same on all servers?";
      log.error({ binId, secretId: id, keyId: sealed.keyId }, message);
      return null;
    }
    return { id, provider, value, ...(learnedFrom === null ? {} : { isUnconfirmed: true }) };
  }

  /** Notes that a signature was found to be made with it, at most once a minute. */
  function touch(secretId: string): void {
    if (touched.has(secretId)) return;
    touched.set(secretId, true);
    store.secrets.touch(secretId);
  }

  return { add, ofBin, signersOf, touch };
}

/** What is to be sealed; with its public half, if it is a key of the bin's own. */
async function valueOf(input: SecretCreate): Promise<{ value: string; publicKey: string | null }> {
  const algorithm = ownKeyAlgorithm(input.provider);
  if (input.generate) {
    if (!algorithm) throw invalid("/generate", "Its signatures are made with a shared secret");
    const value = await makePrivateKey(algorithm);
    return { value, publicKey: await publicHalf(value, algorithm) };
  }
  const value = (input.secret ?? "").trim();
  refuseUnfit(input.provider, value);
  if (!isPrivateKey(value)) return { value, publicKey: null };
  const publicKey = algorithm ? await publicHalf(value, algorithm) : null;
  if (publicKey === null) throw invalid("/secret", "This private key is not of their algorithm");
  return { value, publicKey };
}

function ownKeyAlgorithm(provider: string): PublicKeyAlgorithm | null {
  const scheme = ownKeyScheme(provider);
  return scheme?.proof.kind === "public-key" ? scheme.proof.algorithm : null;
}

function refuseUnfit(provider: string, value: string): void {
  const guide = secretGuide(provider);
  if (!guide) {
    throw invalid("/provider", "No provider of this id signs its requests, or it is misspelt");
  }
  const problem = secretProblem(guide, value);
  if (problem) throw invalid("/secret", problem);
}

const invalid = (pointer: string, detail: string) =>
  new HooklensError("invalid_fields", `See "errors": ${pointer}.`, {
    errors: [{ pointer, detail }],
  });
