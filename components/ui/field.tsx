import { Field as Base } from "@base-ui/react/field";
import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null | undefined;
  className?: string;
  children: ReactNode;
};

/** A labelled control with its hint and its error, tied together for screen readers. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  return (
    <Base.Root invalid={Boolean(error)} className={clsx("flex flex-col gap-1", className)}>
      <Base.Label className="text-xs font-medium text-muted">{label}</Base.Label>
      {children}
      {hint && <Base.Description className="text-xs text-faint">{hint}</Base.Description>}
      <Base.Error match={Boolean(error)} className="text-xs text-bad">
        {error}
      </Base.Error>
    </Base.Root>
  );
}

const controlClass =
  "touch-target rounded-md border border-line-strong bg-surface px-2.5 text-ink placeholder:text-faint hover:border-faint focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 data-invalid:border-bad aria-invalid:border-bad disabled:opacity-60";

type Wire = { wire?: boolean; className?: string };

/** `wire` for what goes over the wire, which is set in the mono. */
export function Input({
  wire = false,
  className,
  ...props
}: Omit<ComponentProps<"input">, "className"> & Wire) {
  return (
    <Base.Control
      render={<input {...props} />}
      className={clsx(controlClass, "h-8 w-full min-w-0", wire && "wire", className)}
    />
  );
}

export function TextArea({
  wire = false,
  className,
  ...props
}: Omit<ComponentProps<"textarea">, "className"> & Wire) {
  return (
    <Base.Control
      render={<textarea {...props} />}
      className={clsx(controlClass, "w-full resize-y py-2", wire && "wire", className)}
    />
  );
}

export function Select({
  className,
  children,
  ...props
}: Omit<ComponentProps<"select">, "className"> & Wire) {
  return (
    <Base.Control
      render={<select {...props}>{children}</select>}
      className={clsx(controlClass, "h-8 cursor-pointer pr-7", className)}
    />
  );
}
