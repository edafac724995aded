"use client";

import { useEffect, useRef, useState } from "react";
import type { RequestSummary } from "#lib/contract/requests.ts";

/** A flood must not be read out row by row: what comes within it is told at once. */
const PAUSE_MS = 1500;
/** Of a name or a path. */
const READ_CHARS = 80;

/** Tells screen readers what came in. */
export function Arrivals({ newest }: { newest: RequestSummary | undefined }) {
  const [text, setText] = useState("");
  const told = useRef(newest?.seq ?? 0);
  const dueAt = useRef(0);
  useEffect(() => {
    if (!newest || newest.seq <= told.current) return;
    // From the first one on that was not told: a steady stream would put it off for ever.
    dueAt.current ||= Date.now() + PAUSE_MS;
    const timer = setTimeout(() => {
      const count = newest.seq - told.current;
      told.current = newest.seq;
      dueAt.current = 0;
      const what = (newest.provider?.event ?? newest.target).slice(0, READ_CHARS);
      setText(
        count === 1
          ? `Request ${newest.seq}: ${newest.method} ${what}`
          : `${count} new requests, up to ${newest.seq}`,
      );
    }, dueAt.current - Date.now());
    return () => clearTimeout(timer);
  }, [newest]);
  return (
    <span role="status" className="sr-only">
      {text}
    </span>
  );
}
