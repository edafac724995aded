"use client";

import { useSyncExternalStore } from "react";
import { MenuChoice } from "#components/ui/menu.tsx";

type Theme = "system" | "light" | "dark";

/** The same name as in public/theme.js, which applies it before the first paint. */
const STORAGE_KEY = "hooklens-theme";
const listeners = new Set<() => void>();

function read(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

function choose(theme: Theme) {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset["theme"];
  else dataset["theme"] = theme;
  try {
    localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // Storage may be switched off: the choice then lasts until the page is left.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Menu items: the system's theme, light or dark. */
export function ThemeChoice() {
  const theme = useSyncExternalStore(subscribe, read, () => "system" as const);
  return (
    <MenuChoice
      value={theme}
      onChange={choose}
      choices={[
        { value: "system", label: "As the system" },
        { value: "light", label: "Light" },
        { value: "dark", label: "Dark" },
      ]}
    />
  );
}
