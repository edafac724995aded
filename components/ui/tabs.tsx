"use client";

import { clsx } from "clsx";
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from "react";
import { moveByArrows } from "./move-by-arrows.ts";

type Chosen = { id: string; value: string; choose: (value: string) => void };

const TabsContext = createContext<Chosen>({ id: "", value: "", choose: () => {} });

type TabsProps<Value extends string> = {
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
  children: ReactNode;
};

/** A list of tabs and the panel of each. Arrows move the focus along the list, Enter or Space opens. */
export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const chosen = {
    id: useId(),
    value: props.value,
    choose: (value: string) => props.onChange(value as Value),
  };
  return (
    <TabsContext value={chosen}>
      <div className={props.className}>{props.children}</div>
    </TabsContext>
  );
}

type TabListProps = { label: string; className?: string; children: ReactNode };

/** Scrolls sideways where it does not fit. */
export function TabList({ label, className, children }: TabListProps) {
  return (
    <div
      role="tablist"
      aria-label={label}
      className={clsx(
        "flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]",
        className,
      )}
    >
      {children}
    </div>
  );
}

/** Only the open one is a stop for the Tab key. */
export function Tab({ value, children }: { value: string; children: ReactNode }) {
  const chosen = useContext(TabsContext);
  const isOpen = chosen.value === value;
  return (
    <button
      type="button"
      role="tab"
      id={`${chosen.id}tab-${value}`}
      aria-selected={isOpen}
      aria-controls={`${chosen.id}panel-${value}`}
      tabIndex={isOpen ? 0 : -1}
      onClick={() => chosen.choose(value)}
      onKeyDown={moveByArrows}
      className={clsx(
        "touch-target relative flex h-9 shrink-0 cursor-pointer items-center gap-1.5 rounded-sm px-2.5 whitespace-nowrap hover:text-ink focus-visible:-outline-offset-2",
        isOpen
          ? "font-medium text-ink after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:bg-accent"
          : "text-muted",
      )}
    >
      {children}
    </button>
  );
}

type TabPanelProps = Omit<ComponentProps<"div">, "role" | "id"> & {
  value: string;
  /** Stays on the page while another one is open. */
  keepMounted?: boolean;
};

export function TabPanel({
  value,
  keepMounted = false,
  className,
  children,
  ...props
}: TabPanelProps) {
  const chosen = useContext(TabsContext);
  const isOpen = chosen.value === value;
  return (
    <div
      role="tabpanel"
      id={`${chosen.id}panel-${value}`}
      aria-labelledby={`${chosen.id}tab-${value}`}
      tabIndex={0}
      hidden={!isOpen}
      className={clsx("focus-visible:-outline-offset-2", className)}
      {...props}
    >
      {(isOpen || keepMounted) && children}
    </div>
  );
}
