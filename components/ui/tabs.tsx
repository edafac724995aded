import { Tabs as Base } from "@base-ui/react/tabs";
import { clsx } from "clsx";
import type { ComponentProps } from "react";

type ClassName = { className?: string };

export const Tabs = Base.Root;

/** Scrolls sideways where it does not fit. */
export function TabList({
  className,
  children,
  ...props
}: Omit<ComponentProps<typeof Base.List>, "className"> & ClassName) {
  return (
    <Base.List
      className={clsx(
        "relative flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]",
        className,
      )}
      {...props}
    >
      {children}
      <Base.Indicator className="absolute bottom-0 left-(--active-tab-left) h-0.5 w-(--active-tab-width) bg-accent transition-[left,width] duration-150" />
    </Base.List>
  );
}

export function Tab({
  className,
  ...props
}: Omit<ComponentProps<typeof Base.Tab>, "className"> & ClassName) {
  return (
    <Base.Tab
      className={clsx(
        "touch-target flex h-9 shrink-0 cursor-pointer items-center gap-1.5 rounded-sm px-2.5 whitespace-nowrap text-muted",
        "hover:text-ink focus-visible:-outline-offset-2 data-active:font-medium data-active:text-ink",
        className,
      )}
      {...props}
    />
  );
}

export function TabPanel({
  className,
  ...props
}: Omit<ComponentProps<typeof Base.Panel>, "className"> & ClassName) {
  return <Base.Panel className={clsx("focus-visible:-outline-offset-2", className)} {...props} />;
}
