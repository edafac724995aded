"use client";

import { type ReactNode, useCallback, useState } from "react";
import { later } from "#components/ui/later.tsx";
import { type OpenValueMenu, type ShownValue, ValueFilterContext } from "./value-filter.ts";

const ValueMenu = later(() => import("./value-menu.tsx").then((module) => module.ValueMenu));

type ValueFilterProviderProps = {
  query: string;
  onQuery: (query: string) => void;
  children: ReactNode;
};

/** Lets the values of a request filter the list beside it. */
export function ValueFilterProvider({ query, onQuery, children }: ValueFilterProviderProps) {
  const [opened, setOpened] = useState<{ anchor: HTMLElement; value: ShownValue } | null>(null);
  const open = useCallback<OpenValueMenu>((anchor, value) => {
    setOpened((before) => (before?.anchor === anchor ? null : { anchor, value }));
  }, []);
  return (
    <ValueFilterContext value={open}>
      {children}
      {opened && (
        <ValueMenu {...opened} query={query} onQuery={onQuery} onClose={() => setOpened(null)} />
      )}
    </ValueFilterContext>
  );
}
