import type { Imports } from "../capture/imports.ts";
import type { Checker } from "../checks/checker.ts";
import type { Config } from "../config.ts";
import type { Caller } from "../forward/caller.ts";
import type { Forwarder } from "../forward/forwarder.ts";
import type { Hints } from "../live/hints.ts";
import type { Live } from "../live/live.ts";
import type { OwnAddress } from "../samples/post.ts";
import type { AddedHeaders } from "../secrets/added-headers.ts";
import type { Environments } from "../secrets/environments.ts";
import type { Vault } from "../secrets/vault.ts";
import type { Opens } from "../shares/opens.ts";
import type { ShareReader } from "../shares/reader.ts";
import type { Store } from "../store/store.ts";

/** What the operations work with. */
export type ManageParts = {
  config: Pick<
    Config,
    "publicUrl" | "mintRatePerHour" | "version" | "capture" | "forward" | "retention" | "pins"
  >;
  store: Pick<
    Store,
    | "annotations"
    | "bins"
    | "corrections"
    | "destinations"
    | "exports"
    | "forwards"
    | "filters"
    | "keys"
    | "listeners"
    | "removals"
    | "replays"
    | "requests"
    | "resends"
    | "scenarios"
    | "secrets"
    | "sessions"
    | "shapeDocuments"
    | "shapes"
    | "shares"
    | "threads"
  >;
  vault: Pick<Vault, "add" | "ofBin">;
  environments: Environments;
  addedHeaders: AddedHeaders;
  /** The connected listener that is meant. @throws no_listener, which_listener */
  chooseListener: (binId: string, name: string | undefined) => Promise<string>;
  forwarder: Pick<Forwarder, "forward" | "check">;
  caller: Caller;
  live: Pick<
    Live,
    | "removed"
    | "changed"
    | "binChanged"
    | "binGone"
    | "keyRevoked"
    | "shareRevoked"
    | "sessionForgot"
  >;
  shareReader: ShareReader;
  opens: Pick<Opens, "note">;
  /** Where this server listens itself. */
  ownAddress: () => OwnAddress;
  imports: Imports;
  checker: Pick<Checker, "open" | "check">;
  hints: Pick<Hints, "tell">;
  /** Capture's memory of the bin is old. */
  forgetBin: (binId: string) => void;
  /** There are stored signatures to be judged again. */
  rejudge: () => void;
  /** One stored signature is to be judged again, at once. */
  rejudgeOne: (binId: string, requestId: string) => Promise<void>;
};
