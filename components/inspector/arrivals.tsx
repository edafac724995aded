"use client";

import { useEffect, useRef, useState } from "react";
import type { RequestSummary } from "#lib/contract/requests.ts";

/** A flood must not be read out row by row. */
const PAUSE_MS = 1500;

/** Tells screen readers what came in. */
export function Arrivals({ newest }: { newest: RequestSummary | undefined }) {
  const [text, setText] = useState("");
  const told = useRef(newest?.seq ?? 0);
  useEffect(() => {
    if (!newest || newest.seq <= told.current) return;
    const timer = setTimeout(() => {
      const count = newest.seq - told.current;
      told.current = newest.seq;
      const what = newest.provider?.event ?? newest.target;
      setText(
        count === 1 ? `Request ${newest.seq}: ${newest.method} ${what}` : `${count} new requests`,
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [newest]);
  return (
    <span role="status" className="sr-only">
      {text}
    </span>
  );
}
