import { type RefObject, useMemo } from "react";
import type { CompareActions, Comparing } from "./use-comparing.ts";
import type { Marks } from "./use-marks.ts";

type CompareOn = {
  comparing: Comparing;
  marks: Marks;
  pane: RefObject<HTMLElement | null>;
  /** The list stands beside what is compared. */
  isWide: boolean;
  /** Who follows the newest would be led away. */
  unfollow: () => void;
  toList: () => void;
  leave: () => void;
};

/** How two requests come to be compared, from wherever on the page. All that it is given must keep its identity. */
export function useCompareActions(on: CompareOn): CompareActions {
  const { pane, isWide, unfollow, toList, leave } = on;
  const { none, mark } = on.marks;
  const { open } = on.comparing;
  return useMemo(
    () => ({
      open: (before, after) => {
        unfollow();
        none();
        open(before, after);
        pane.current?.focus({ preventScroll: true });
      },
      choose: (request) => {
        none();
        mark(request, false);
        if (isWide) toList();
        else leave();
      },
    }),
    [none, mark, open, pane, isWide, unfollow, toList, leave],
  );
}
