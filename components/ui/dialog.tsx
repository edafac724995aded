import { Dialog as Base } from "@base-ui/react/dialog";
import { clsx } from "clsx";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the confirming one last. */
  actions?: ReactNode;
  size?: "normal" | "wide";
};

/** A modal dialog: takes the focus, gives it back, closes on Escape. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, actions, size = "normal" } = props;
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={clsx(
            "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] max-w-[calc(100vw-2rem)] -translate-1/2 flex-col gap-4 overflow-y-auto rounded-lg bg-raised p-5 shadow-pop transition-[opacity,scale] duration-150 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0",
            size === "wide" ? "w-[46rem]" : "w-[30rem]",
          )}
        >
          <header className="flex items-start gap-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-md font-semibold">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-1 text-muted" render={<div />}>
                  {description}
                </Base.Description>
              )}
            </div>
            {/* Without a tooltip: that would take the first Escape for itself. */}
            <Base.Close
              render={
                <Button variant="quiet" size="icon" aria-label="Close" className="-mt-1 -mr-1" />
              }
            >
              <X size={16} strokeWidth={1.75} aria-hidden />
            </Base.Close>
          </header>
          {children}
          {actions && <footer className="flex flex-wrap justify-end gap-2">{actions}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
