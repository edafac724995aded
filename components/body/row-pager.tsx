import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format.ts";

type RowPagerProps = {
  first: number;
  shown: number;
  count: number;
  page: number;
  onPage: (page: number) => void;
};

/** Steps through more rows than a browser can lay out in one element. */
export function RowPager({ first, shown, count, page, onPage }: RowPagerProps) {
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-1 text-xs text-muted">
      <span className="flex-1">
        Rows {formatCount(first + 1)} to {formatCount(first + shown)} of {formatCount(count)}
      </span>
      <Button size="sm" disabled={first === 0} onClick={() => onPage(page - 1)}>
        Previous
      </Button>
      <Button size="sm" disabled={first + shown >= count} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </div>
  );
}
