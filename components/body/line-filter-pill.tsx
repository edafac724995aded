import { ListFilter } from "lucide-react";
import type { FilterLine } from "./use-line-filter.ts";

type LineFilterPillProps = { line: number; filter: FilterLine };

/** At the end of the picked line: the list filtered by its value. */
export function LineFilterPill({ line, filter }: LineFilterPillProps) {
  return (
    <button
      type="button"
      data-filter-line
      aria-haspopup="menu"
      aria-label="Filter by this value"
      onClick={(event) => filter.open(line, event.currentTarget)}
      className="touch-around mx-1 inline-flex cursor-pointer items-center gap-1 rounded-sm bg-accent-soft px-1.5 align-middle font-sans text-2xs text-accent select-none hover:underline"
    >
      <ListFilter size={11} aria-hidden />
      Filter
    </button>
  );
}
