"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { messageOf } from "#lib/message-of.ts";

/** Something that was asked for and can still be taken back: the server has not been told. */
export type Undoable<Facts> = {
  /** What was done, for the toast. */
  words: string;
  /** What of the page is shown as if it were done. */
  facts: Facts;
  send: () => Promise<void>;
};

/**
 * One thing at a time that can be taken back. A second one settles the first; so does leaving the view or the page.
 * `sending` keeps the facts until the server has answered, so that nothing comes back for a moment.
 */
export function useUndoable<Facts>() {
  const [pending, setPending] = useState<Undoable<Facts> | null>(null);
  const [sending, setSending] = useState<Facts | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const current = useRef<Undoable<Facts> | null>(null);

  const settle = useCallback(() => {
    const due = current.current;
    current.current = null;
    setPending(null);
    if (!due) return;
    setSending(() => due.facts);
    due
      .send()
      .catch((error: unknown) => setFailure(messageOf(error)))
      .finally(() => setSending(null));
  }, []);

  const begin = useCallback(
    (next: Undoable<Facts>) => {
      settle();
      setFailure(null);
      current.current = next;
      setPending(next);
    },
    [settle],
  );

  const undo = useCallback(() => {
    current.current = null;
    setPending(null);
  }, []);

  useEffect(() => {
    addEventListener("pagehide", settle);
    return () => {
      removeEventListener("pagehide", settle);
      settle();
    };
  }, [settle]);

  return { pending, facts: pending?.facts ?? sending, failure, begin, undo, settle };
}
