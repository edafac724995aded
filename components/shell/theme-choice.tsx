"use client";

import { useSyncExternalStore } from "react";
import { MenuChoice } from "#components/ui/menu-items.tsx";
import { chooseTheme, readTheme, subscribeTheme } from "./theme.ts";

/** Menu items: the system's theme, light or dark. */
export function ThemeChoice() {
  const theme = useSyncExternalStore(subscribeTheme, readTheme, () => "system" as const);
  return (
    <MenuChoice
      value={theme}
      onChange={chooseTheme}
      choices={[
        { value: "system", label: "As the system" },
        { value: "light", label: "Light" },
        { value: "dark", label: "Dark" },
      ]}
    />
  );
}
