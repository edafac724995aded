"use client";

import { useMemo, useState } from "react";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { editErrors } from "#lib/forward/edit.ts";
import { asCaptured, changedParts, type Edited, editOf } from "./edited.ts";

export type Editing = ReturnType<typeof useEdit>;

/** What a person changes of a request before it is sent on; it stays while the request is open. */
export function useEdit(request: CapturedRequest) {
  const [edited, setEdited] = useState<Edited>(() => asCaptured(request));
  const [isOpen, setOpen] = useState(false);
  /** Rises when all is as captured again: the editor of the body begins anew. */
  const [round, setRound] = useState(0);
  const edit = useMemo(() => editOf(request, edited), [request, edited]);
  const errors = useMemo(() => (edit ? [...editErrors(edit)] : []), [edit]);
  return {
    edited,
    change: (part: Partial<Edited>) => setEdited((now) => ({ ...now, ...part })),
    reset: () => {
      setEdited(asCaptured(request));
      setRound((now) => now + 1);
    },
    round,
    isOpen,
    setOpen,
    /** Null when nothing differs from what was captured. */
    edit,
    /** What HTTP can't carry of it. */
    errors,
    changed: useMemo(() => changedParts(request, edited), [request, edited]),
  };
}
