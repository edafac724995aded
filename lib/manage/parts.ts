import type { Config } from "../config.ts";
import type { Live } from "../live/live.ts";
import type { Store } from "../store/store.ts";

/** What the operations work with. */
export type ManageParts = {
  config: Pick<Config, "publicUrl" | "mintRatePerHour">;
  store: Pick<Store, "bins" | "keys" | "sessions" | "requests" | "removals">;
  live: Pick<Live, "removed" | "binChanged" | "binGone" | "keyRevoked" | "sessionForgot">;
  /** Capture's memory of the bin is old. */
  forgetBin: (binId: string) => void;
};
