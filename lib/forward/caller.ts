import { v7 as uuidv7 } from "uuid";
import type { Config } from "../config.ts";
import type { HeaderPair } from "../contract/headers.ts";
import { HooklensError } from "../errors.ts";
import { isOwnMachine } from "./admission.ts";
import type { Draft } from "./draft.ts";
import { editErrors } from "./edit.ts";
import { judgeAddress } from "./guard.ts";
import type { Lookups } from "./lookups.ts";
import { outgoing } from "./outgoing.ts";
import { type SendResult, send } from "./send.ts";
import { joinTarget, parseTarget } from "./target.ts";
import type { Turns } from "./turns.ts";

type Parts = {
  config: Pick<Config, "forward">;
  /** Ports on this machine that are never called, with what is there. */
  ownPorts: ReadonlyMap<number, string>;
  /** Those of the forwards: a bin's calls and forwards count together. */
  takeTurn: Turns;
  lookupFor: Lookups;
};

/** A request that was never captured. */
export type OwnRequest = {
  method: string;
  url: string;
  headers: readonly HeaderPair[];
  body: string | null;
};

export type Caller = ReturnType<typeof createCaller>;

/** Makes requests of a bin's own, under the rules of its forwards: which addresses, how often, how long. */
export function createCaller({ config, ownPorts, takeTurn, lookupFor }: Parts) {
  /** @throws HooklensError invalid_fields, rate_limited */
  return async (
    binId: string,
    { method, url, headers, body }: OwnRequest,
    signal: AbortSignal,
  ): Promise<SendResult> => {
    const [error] = editErrors({ method, headers: [...headers] });
    if (error) throw new HooklensError("invalid_fields", error.detail);
    const target = parseTarget(url);
    if (!isOwnMachine(target, config.forward)) await takeTurn(binId);
    const draft: Draft = {
      method,
      target: "",
      headers: [...headers],
      trailers: [],
      body: Buffer.from(body ?? ""),
      edited: body !== null,
    };
    const path = joinTarget(target, "", false);
    const { authority } = target;
    const { request } = outgoing(draft, { path, authority, forwardId: uuidv7() });
    return send(request, target, {
      judge: (address) => judgeAddress(address, config.forward.allowedRanges),
      signal,
      ownPorts,
      lookup: lookupFor(binId),
    });
  };
}
