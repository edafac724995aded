"use client";

import { clsx } from "clsx";
import { X } from "lucide-react";
import {
  type ComponentProps,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
} from "react";
import { Button } from "./button.tsx";
import { rememberFocus } from "./focus-return.ts";

type ModalProps = Omit<ComponentProps<"dialog">, "open"> & { onClose: () => void };

/**
 * A modal `<dialog>`, open for as long as it is on the page. The browser holds the focus in it and gives it back; Escape
 * and a click beside it close it.
 */
export function Modal({ onClose, className, ...props }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    const giveBack = rememberFocus();
    element?.showModal();
    return () => {
      element?.close();
      // What it was opened from may be leaving the page just now.
      setTimeout(giveBack);
    };
  }, []);
  useClickBeside(dialog, onClose);
  return (
    <dialog
      ref={dialog}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={clsx(
        "fixed m-auto max-w-[calc(100vw-2rem)] rounded-lg bg-raised text-ink shadow-pop backdrop:bg-scrim",
        "opacity-100 transition-[opacity,scale] duration-150 starting:scale-98 starting:opacity-0",
        className,
      )}
      {...props}
    />
  );
}

/** All that is seen of the dialog is within its children: what hits the element itself is its backdrop. */
function useClickBeside(dialog: RefObject<HTMLDialogElement | null>, onClick: () => void): void {
  const click = useEffectEvent(onClick);
  useEffect(() => {
    const element = dialog.current;
    let isPressBeside = false;
    // A press within that ends beside, as when text is selected, is no click beside.
    const onPointerDown = ({ target }: PointerEvent) => {
      isPressBeside = target === element;
    };
    const onClickHere = ({ target }: MouseEvent) => {
      if (isPressBeside && target === element) click();
    };
    element?.addEventListener("pointerdown", onPointerDown);
    element?.addEventListener("click", onClickHere);
    return () => {
      element?.removeEventListener("pointerdown", onPointerDown);
      element?.removeEventListener("click", onClickHere);
    };
  }, [dialog]);
}

type DialogProps = {
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the confirming one last. */
  actions?: ReactNode;
  size?: "normal" | "wide";
};

/** A modal dialog with a title and a way to close it. */
export function Dialog(props: DialogProps) {
  const { onClose, title, description, children, actions, size = "normal" } = props;
  const id = useId();
  return (
    <Modal
      onClose={onClose}
      aria-labelledby={`${id}title`}
      aria-describedby={description ? `${id}description` : undefined}
      className={clsx("max-h-[calc(100dvh-2rem)]", size === "wide" ? "w-[46rem]" : "w-[30rem]")}
    >
      <div className="flex flex-col gap-4 p-5">
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <h2 id={`${id}title`} className="text-md font-semibold">
              {title}
            </h2>
            {description && (
              <div id={`${id}description`} className="mt-1 text-muted">
                {description}
              </div>
            )}
          </div>
          {/* It gets the focus: a tooltip would pop up with the dialog. */}
          <Button
            variant="quiet"
            size="icon"
            aria-label="Close"
            onClick={onClose}
            className="-mt-1 -mr-1"
          >
            <X size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        </div>
        {children}
        {actions && <div className="flex flex-wrap justify-end gap-2">{actions}</div>}
      </div>
    </Modal>
  );
}
