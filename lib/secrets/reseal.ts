import type { Store } from "../store/store.ts";
import type { AddedHeaders } from "./added-headers.ts";
import type { Sealer } from "./sealer.ts";

const SLICE = 100;
/** Below every UUID. */
const FIRST = "00000000-0000-0000-0000-000000000000";

export type Resealed = { resealed: number; lost: number };

/**
 * Seals everything with the first key that is not yet, so that the others can be taken off SECRET_KEY. Servers may run
 * meanwhile, if they have the new key too.
 * @param dropLost removes what none of the keys opens.
 * @returns how many were sealed anew, and how many nobody can open.
 */
export async function reseal(
  store: Pick<Store, "sealing">,
  sealer: Sealer,
  { dropLost }: { dropLost: boolean },
): Promise<Resealed> {
  const { sealing } = store;
  const count: Resealed = { resealed: 0, lost: 0 };
  for (let after = FIRST; ; ) {
    const rows = await sealing.sealedByOthers(sealer.keyId, after, SLICE);
    for (const row of rows) {
      const text = sealer.open(row.sealed, row);
      if (text === null) {
        count.lost += 1;
        if (dropLost) await sealing.drop(row);
      } else {
        await sealing.replace(row, sealer.seal(text, row), sealer.check());
        count.resealed += 1;
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < SLICE) break;
    after = last.rowId;
  }
  await sealing.forgetUnusedKeys();
  return count;
}

/** Seals what destinations add to their requests and was kept before there was a key. */
export async function sealLeftHeaders(
  { sealing }: Pick<Store, "sealing">,
  { open, seal }: AddedHeaders,
): Promise<void> {
  for (const { id, binId, kept } of await sealing.unsealedHeaders()) {
    const place = { binId, rowId: id };
    const sealed = seal(place, open(place, kept) ?? [], null);
    if (sealed) await sealing.sealHeaders(id, kept, sealed);
  }
}
