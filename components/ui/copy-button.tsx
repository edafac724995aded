"use client";

import { Check, Copy, TriangleAlert } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "./button.tsx";
import { Tooltip } from "./tooltip.tsx";
import { copyWords, useCopy } from "./use-copy.ts";

const icons = { idle: Copy, copied: Check, failed: TriangleAlert };

type CopyButtonProps = Omit<
  ComponentProps<typeof Button>,
  "children" | "onClick" | "aria-label" | "size"
> & {
  /** A function where it is long to make. */
  text: string | (() => string);
  /** What is copied, such as "Copy URL"; the name that is read out. */
  label: string;
  /** Shows the label beside the icon. */
  size?: "icon" | "sm" | "md" | "lg";
};

/** Copies its text; the outcome is shown and read out. */
export function CopyButton({
  text,
  label,
  size = "icon",
  variant = "quiet",
  ...props
}: CopyButtonProps) {
  const [state, copy] = useCopy();
  const Icon = icons[state];
  const button = (
    <Button
      size={size}
      variant={variant}
      aria-label={label}
      onClick={() => copy(typeof text === "string" ? text : text())}
      {...props}
    >
      <Icon size={size === "lg" ? 18 : 15} strokeWidth={1.75} aria-hidden />
      {size !== "icon" && <Swap idle={label} now={state === "copied" ? "Copied" : label} />}
    </Button>
  );
  return (
    <>
      {size === "icon" ? <Tooltip content={label}>{button}</Tooltip> : button}
      <span role="status" className="sr-only">
        {copyWords[state]}
      </span>
    </>
  );
}

/** Keeps the width of the idle word, so that nothing moves when it changes. */
function Swap({ idle, now }: { idle: string; now: string }) {
  return (
    <span className="grid justify-items-center">
      <span aria-hidden className="invisible col-start-1 row-start-1">
        {idle}
      </span>
      <span className="col-start-1 row-start-1">{now}</span>
    </span>
  );
}
