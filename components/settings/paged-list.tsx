import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Pages } from "#components/load/use-pages.ts";

type PagedListProps<Item extends { id: string }> = {
  pages: Pages<Item>;
  /** What the items are, in the plural. */
  noun: string;
  /** An item's `<li>`, with its id as key. */
  row: (item: Item) => ReactNode;
};

export function PagedList<Item extends { id: string }>({ pages, noun, row }: PagedListProps<Item>) {
  const { items, failure, readMore } = pages;
  return (
    <>
      {failure && (
        <Notice tone="warn">
          The {noun} can’t be read now. {failure}
        </Notice>
      )}
      <ul className="rounded-lg border border-line bg-surface empty:hidden">{items.map(row)}</ul>
      {readMore && (
        <Button variant="quiet" className="self-start" onClick={readMore}>
          Show more
        </Button>
      )}
    </>
  );
}
