import { clsx } from "clsx";
import type { ComponentProps } from "react";

const variants = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border border-line-strong bg-surface text-ink hover:bg-hover active:bg-press",
  /** For what takes something away. */
  careful: "border border-line-strong bg-surface text-bad hover:bg-bad-soft",
  /** For the one thing to do where buttons are quiet. */
  accent: "text-accent hover:bg-hover active:bg-press",
  quiet: "text-muted hover:bg-hover hover:text-ink active:bg-press aria-expanded:bg-hover",
  danger: "bg-bad text-on-bad hover:opacity-90",
};

const sizes = {
  sm: "h-7 gap-1.5 rounded-sm px-2 text-xs",
  md: "h-8 gap-1.5 rounded-md px-3",
  lg: "h-11 gap-2 rounded-md px-5 text-md",
  icon: "size-8 rounded-md",
};

type Looks = { variant?: keyof typeof variants; size?: keyof typeof sizes };

/** The classes of a button, for links that look like one. */
export function buttonClass({ variant = "secondary", size = "md" }: Looks = {}): string {
  return clsx(
    "touch-target inline-flex shrink-0 cursor-pointer items-center justify-center font-medium whitespace-nowrap select-none",
    "transition-colors duration-100 aria-disabled:cursor-default aria-disabled:opacity-50",
    variants[variant],
    sizes[size],
  );
}

type ButtonProps = ComponentProps<"button"> & Looks;

/** Keeps the focus while disabled, so that a keyboard user is not thrown to the page's start by a running action. */
export function Button({
  variant = "secondary",
  size = "md",
  type = "button",
  disabled = false,
  className,
  onClick,
  ...props
}: ButtonProps) {
  return (
    <button
      type={type}
      aria-disabled={disabled || undefined}
      // Also a disabled one that would submit its form must not.
      onClick={disabled ? (event) => event.preventDefault() : onClick}
      className={clsx(buttonClass({ variant, size }), className)}
      {...props}
    />
  );
}
