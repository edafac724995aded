"use client";

import { useEffect, useState } from "react";

export type HeaderOrder = "grouped" | "as sent";

const KEY = "hooklens:header-order";

/** How headers are listed, remembered by this browser. */
export function useHeaderOrder(): [HeaderOrder, (order: HeaderOrder) => void] {
  const [order, setOrder] = useState<HeaderOrder>("grouped");
  useEffect(() => {
    try {
      if (localStorage.getItem(KEY) === "as sent") setOrder("as sent");
    } catch {
      // Storage may be switched off.
    }
  }, []);
  function choose(next: HeaderOrder) {
    setOrder(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Without storage it is merely forgotten.
    }
  }
  return [order, choose];
}
