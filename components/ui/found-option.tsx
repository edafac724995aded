import { clsx } from "clsx";
import type { ComponentProps } from "react";

type FoundOptionProps = ComponentProps<"div"> & {
  /** The keys of the field above are about it. */
  isCurrent: boolean;
};

/** A row of a list whose field holds the focus and takes the keys. */
export function FoundOption({ isCurrent, className, children, ...props }: FoundOptionProps) {
  return (
    <div
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      ref={(element) => {
        if (isCurrent) element?.scrollIntoView({ block: "nearest" });
      }}
      className={clsx(
        "touch-target flex cursor-pointer items-center rounded-sm",
        isCurrent ? "bg-hover" : "hover:bg-hover",
        className,
      )}
      {...props}
    >
      {children}
    </div>
  );
}
