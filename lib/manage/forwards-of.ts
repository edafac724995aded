import type { Page } from "../contract/bins.ts";
import type { Forward, ListedForward } from "../contract/forwards.ts";
import type { ManageParts } from "./parts.ts";

type ForwardsQuery = { state: Forward["state"]; limit: number; cursor?: string | undefined };

/**
 * Lists the forwards of a destination, or of a resend, in one state, that of the newest request first.
 * @param require rejects where this bin has none with this id
 */
export const forwardsOf =
  (
    { store }: Pick<ManageParts, "store">,
    require: (binId: string, id: string) => Promise<unknown>,
  ) =>
  async (
    binId: string,
    id: string,
    { state, ...page }: ForwardsQuery,
  ): Promise<Page<ListedForward>> => {
    await require(binId, id);
    return store.forwards.ofDestination(binId, id, state, page);
  };
