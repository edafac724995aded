import type { Page } from "./bins.ts";
import type { ListOptions } from "./calls.ts";
import type { ApiClient } from "./client.ts";
import type {
  Destination,
  DestinationCreate,
  DestinationPatch,
  Replay,
  Replayed,
} from "./destinations.ts";
import type { Forward, ListedForward } from "./forwards.ts";

type DestinationForwards = ListOptions & { state?: Forward["state"] };

export type DestinationClient = ReturnType<typeof createDestinationClient>;

/**
 * The calls about a bin's destinations. Apart from the others, so that neither the page's first load nor the command
 * has them.
 */
export function createDestinationClient({ json, done }: Pick<ApiClient, "json" | "done">) {
  const pathOf = (bin: string, id = "") =>
    `/api/bins/${encodeURIComponent(bin)}/destinations${id && `/${encodeURIComponent(id)}`}`;

  return {
    /** The oldest first. */
    list: (bin: string, signal?: AbortSignal) =>
      json<Page<Destination>>("GET", pathOf(bin), { signal }),
    get: (bin: string, id: string, signal?: AbortSignal) =>
      json<Destination>("GET", pathOf(bin, id), { signal }),
    add: (bin: string, body: DestinationCreate) => json<Destination>("POST", pathOf(bin), { body }),
    change: (bin: string, id: string, body: DestinationPatch) =>
      json<Destination>("PATCH", pathOf(bin, id), { body }),
    delete: (bin: string, id: string) => done("DELETE", pathOf(bin, id)),
    /** Those of one state ("dead" unless told), that of the newest request first. */
    forwards: (bin: string, id: string, { state, limit, cursor, signal }: DestinationForwards) => {
      const query = new URLSearchParams();
      if (state) query.set("state", state);
      if (limit) query.set("limit", String(limit));
      if (cursor) query.set("cursor", cursor);
      return json<Page<ListedForward>>("GET", `${pathOf(bin, id)}/forwards?${query}`, { signal });
    },
    /** Sends them again, from the first attempt on. */
    replay: (bin: string, id: string, body: Replay) =>
      json<Replayed>("POST", `${pathOf(bin, id)}/replay`, { body }),
  };
}
