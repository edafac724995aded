import type { BinCreate, BinMinted } from "#lib/contract/bins.ts";
import { ApiError } from "#lib/contract/calls.ts";
import { createApiClient } from "#lib/contract/client.ts";
import { until } from "./until.ts";

/** A new bin. On a busy machine a server may wait for its database's connections so long that it answers 503. */
export const mintAt = (origin: string, bin?: BinCreate): Promise<BinMinted> =>
  until(() => createApiClient({ origin }).mint(bin).catch(nullIfAway), "a bin");

function nullIfAway(error: unknown): null {
  if (error instanceof ApiError && error.code === "unavailable") return null;
  throw error;
}
