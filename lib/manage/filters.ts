import { v7 as uuidv7 } from "uuid";
import type { Page } from "../contract/bins.ts";
import {
  FILTERS_MAX,
  type FilterCreate,
  type FilterPatch,
  type SavedFilter,
} from "../contract/filters.ts";
import { HooklensError } from "../errors.ts";
import { mistakeText, parseQuery } from "../search/parse.ts";
import type { ManageParts } from "./parts.ts";

/** The filters of a bin, which are kept under names. */
export function createFilterOperations({ store, live }: ManageParts) {
  /** All, by name: there are few. */
  async function list(binId: string): Promise<Page<SavedFilter>> {
    return { items: await store.filters.list(binId), next: null };
  }

  /** @throws invalid_fields, too_many_filters, filter_exists, bin_gone */
  async function add(binId: string, filter: FilterCreate): Promise<SavedFilter> {
    assertReadable(filter.q);
    const added = await store.filters.add(binId, { ...filter, id: uuidv7() });
    if (added === "gone") throw new HooklensError("bin_gone", "Nothing can be kept in it.");
    if (added === "full") {
      throw new HooklensError("too_many_filters", `At most ${FILTERS_MAX}: remove one first.`);
    }
    return told(binId, added, filter.name);
  }

  /** @throws invalid_fields, filter_not_found, filter_exists */
  async function change(binId: string, id: string, patch: FilterPatch): Promise<SavedFilter> {
    if (patch.q !== undefined) assertReadable(patch.q);
    const changed = await store.filters.change(binId, id, patch);
    if (changed === "gone") throw notFound();
    return told(binId, changed, patch.name ?? "");
  }

  /** @throws filter_not_found */
  async function remove(binId: string, id: string): Promise<void> {
    if (!(await store.filters.remove(binId, id))) throw notFound();
    live.binChanged(binId);
  }

  function told(binId: string, filter: SavedFilter | "taken", name: string): SavedFilter {
    if (filter === "taken") {
      throw new HooklensError("filter_exists", `"${name}" is there already.`, {
        errors: [{ pointer: "/name", detail: "Another filter has this name" }],
      });
    }
    live.binChanged(binId);
    return filter;
  }

  return { list, add, change, remove };
}

function assertReadable(q: string): void {
  const parsed = parseQuery(q);
  if (parsed.ok) return;
  const detail = mistakeText(parsed.mistake);
  throw new HooklensError("invalid_fields", detail, { errors: [{ pointer: "/q", detail }] });
}

const notFound = () => new HooklensError("filter_not_found", "It may be removed already.");
