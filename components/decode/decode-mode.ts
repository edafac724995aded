"use client";

import { createContext, useContext, useState } from "react";

/** Whether a view shows values decoded, and what helps to tell a time from an id. */
export type DecodeMode = {
  isOn: boolean;
  setOn: (isOn: boolean) => void;
  /** Of the request that the values are from; null where there is none. */
  arrivedAtMs: number | null;
};

/** Shared by the parts of a request. What is within a decoded value has a switch of its own. */
export const DecodeContext = createContext<DecodeMode | null>(null);

/** The request's switch, or one of the view's own where there is none around it. */
export function useDecodeMode(): DecodeMode {
  const shared = useContext(DecodeContext);
  const [isOn, setOn] = useState(false);
  return shared ?? { isOn, setOn, arrivedAtMs: null };
}
