import { createWatchers } from "#components/ui/watchers.ts";

export type Theme = "system" | "light" | "dark";

/** The same name as in public/theme.js, which applies it before the first paint. */
const STORAGE_KEY = "hooklens-theme";
const watchers = createWatchers();

export function readTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

export function chooseTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset["theme"];
  else dataset["theme"] = theme;
  try {
    localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // Storage may be switched off: the choice then lasts until the page is left.
  }
  watchers.tell();
}

export const subscribeTheme = watchers.watch;
