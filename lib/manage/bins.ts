import { v7 as uuidv7 } from "uuid";
import type { Bin, BinCreate, BinMinted, BinPatch } from "../contract/bins.ts";
import { HooklensError } from "../errors.ts";
import { hashSecret, newBinId, newKey } from "../ids.ts";
import type { BinChanges } from "../store/bins.ts";
import type { BinRecord } from "../store/to-bin.ts";
import { DEFAULT_ANSWER, mergeAnswer } from "./answer.ts";
import { createMintLimit } from "./mint-limit.ts";
import type { ManageParts } from "./parts.ts";

const PATCH_TRIES = 5;
const FIRST_KEY_LABEL = "First key";

const expiry = (seconds: number | null | undefined): Date | null =>
  seconds == null ? null : new Date(Date.now() + seconds * 1000);

export function createBinOperations({ config, store, live, forgetBin }: ManageParts) {
  const admitMint = createMintLimit(config.mintRatePerHour);

  /**
   * A new bin with its first key; with `session` (the hash of a browser's cookie) that browser remembers it.
   * @throws invalid_fields, rate_limited, session_full
   */
  async function mint(
    input: BinCreate,
    client: { remoteAddress: string; session: Buffer | null },
  ): Promise<BinMinted> {
    const response = mergeAnswer(DEFAULT_ANSWER, input.response ?? null);
    await admitMint(client.remoteAddress);
    const key = newKey();
    const firstKey = { id: uuidv7(), label: FIRST_KEY_LABEL, hash: hashSecret(key) };
    const record = await store.bins.create({
      id: newBinId(),
      name: input.name ?? null,
      expiresAt: expiry(input.expiresInSeconds),
      response,
      listenerWaitMs: input.listenerWaitMs ?? 0,
      handshakes: input.handshakes ?? true,
      enforce: input.enforce ?? false,
      confirmSns: input.confirmSns ?? false,
      firstKey,
    });
    if (client.session) await rememberNew(client.session, record, firstKey.id);
    return { ...(await view(record.id)), key };
  }

  async function rememberNew(session: Buffer, bin: BinRecord, keyId: string): Promise<void> {
    if ((await store.sessions.remember(session, bin.id, keyId)) === "remembered") return;
    // Nobody has this key yet and nobody will: without the browser's memory the bin would be lost.
    await store.bins.remove(bin.id);
    throw sessionFull();
  }

  /** @throws bin_gone when it went between the check of the key and now. */
  async function view(binId: string): Promise<Bin> {
    const bin = await store.bins.view(binId, config.publicUrl);
    if (!bin) throw gone();
    return bin;
  }

  /** @throws invalid_fields, bin_gone */
  async function patch(binId: string, input: BinPatch): Promise<Bin> {
    if (Object.keys(input).length > 0) {
      await patchUnchanged(binId, input);
      forgetBin(binId);
      live.binChanged(binId);
    }
    return view(binId);
  }

  /** An answer merges into the one that is set, so the change counts only if nobody came in between. */
  async function patchUnchanged(binId: string, input: BinPatch): Promise<void> {
    for (let tries = 0; tries < PATCH_TRIES; tries++) {
      const record = await store.bins.find(binId);
      if (!record || store.bins.isGone(record)) throw gone();
      if (await store.bins.patch(record, changesOf(record, input))) return;
    }
    throw new Error("The bin's settings changed at every try.");
  }

  async function remove(binId: string): Promise<void> {
    await store.bins.remove(binId);
    forgetBin(binId);
    live.binGone(binId);
  }

  return { mint, view, patch, remove };
}

function changesOf(record: BinRecord, input: BinPatch): BinChanges {
  const { name, expiresInSeconds, response, listenerWaitMs, handshakes, enforce, confirmSns } =
    input;
  return {
    ...(name === undefined ? {} : { name }),
    ...(expiresInSeconds === undefined ? {} : { expiresAt: expiry(expiresInSeconds) }),
    ...(response === undefined ? {} : { response: mergeAnswer(record.response, response) }),
    ...(listenerWaitMs === undefined ? {} : { listenerWaitMs: listenerWaitMs ?? 0 }),
    ...(handshakes === undefined ? {} : { handshakes: handshakes ?? true }),
    ...(enforce === undefined ? {} : { enforce: enforce ?? false }),
    ...(confirmSns === undefined ? {} : { confirmSns: confirmSns ?? false }),
  };
}

const gone = () =>
  new HooklensError("bin_gone", "It was deleted or has expired; mint another one.");

export const sessionFull = () =>
  new HooklensError(
    "session_full",
    "Forget or delete a bin first, or mint with a script and keep the key.",
  );
