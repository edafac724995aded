"use client";

import { useEffect, useState } from "react";
import { whenIdle } from "./when-idle.ts";

/** True once the browser has had nothing else to do: for parts that the page is not waited for. */
export function useIdle(): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    let isOver = false;
    whenIdle(() => isOver || setIdle(true));
    return () => {
      isOver = true;
    };
  }, []);
  return isIdle;
}
