"use client";

import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will be lost, in one or two sentences. */
  description: ReactNode;
  /** The verb on the button, such as "Delete bin". */
  action: string;
  /** Its rejection is shown in the dialog, which then stays open. */
  onConfirm: () => Promise<void>;
};

export function ConfirmDialog({ action, onConfirm, onOpenChange, ...rest }: ConfirmDialogProps) {
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function confirm() {
    setRunning(true);
    setFailure(null);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setRunning(false);
    }
  }

  return (
    <Dialog
      {...rest}
      onOpenChange={onOpenChange}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="danger" disabled={running} onClick={() => void confirm()}>
            {action}
          </Button>
        </>
      }
    >
      {failure && (
        <p role="alert" className="text-bad">
          {failure}
        </p>
      )}
    </Dialog>
  );
}
