"use client";

import { clsx } from "clsx";
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from "react";

/** Of the field around a control; empty without one. */
type Ties = Partial<{ id: string; "aria-describedby": string; "aria-invalid": boolean }>;

const FieldContext = createContext<Ties>({});

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null | undefined;
  className?: string;
  children: ReactNode;
};

/** A labelled control with its hint and its error, tied together for screen readers. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const describedBy = [hint && `${id}hint`, error && `${id}error`].filter(Boolean).join(" ");
  const ties = {
    id,
    ...(describedBy && { "aria-describedby": describedBy }),
    ...(error && { "aria-invalid": true }),
  };
  return (
    <div className={clsx("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
      </label>
      <FieldContext value={ties}>{children}</FieldContext>
      {hint && (
        <p id={`${id}hint`} className="text-xs text-faint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}error`} className="text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

const controlClass =
  "touch-target w-full rounded-md border border-line-strong bg-surface px-2.5 text-ink placeholder:text-faint hover:border-faint focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-bad disabled:opacity-60";

/** `wire` for what goes over the wire, which is set in the mono. */
type Wire = { wire?: boolean };

export function Input({ wire = false, className, ...props }: ComponentProps<"input"> & Wire) {
  return (
    <input
      {...useContext(FieldContext)}
      className={clsx(controlClass, "h-8 min-w-0", wire && "wire", className)}
      {...props}
    />
  );
}

export function TextArea({ wire = false, className, ...props }: ComponentProps<"textarea"> & Wire) {
  return (
    <textarea
      {...useContext(FieldContext)}
      className={clsx(controlClass, "resize-y py-2", wire && "wire", className)}
      {...props}
    />
  );
}

export function Select({ className, ...props }: ComponentProps<"select">) {
  return (
    <select
      {...useContext(FieldContext)}
      className={clsx(controlClass, "h-8 cursor-pointer pr-7", className)}
      {...props}
    />
  );
}
