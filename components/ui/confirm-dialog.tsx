"use client";

import { type ReactNode, useState } from "react";
import { messageOf } from "#lib/message-of.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

type ConfirmDialogProps = {
  title: string;
  /** What will be lost, in one or two sentences. */
  description: ReactNode;
  /** The verb on the button, such as "Delete bin". */
  action: string;
  /** Its rejection is shown in the dialog, which then stays open. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
};

export function ConfirmDialog({ action, onConfirm, onClose, ...rest }: ConfirmDialogProps) {
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function confirm() {
    setRunning(true);
    setFailure(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setRunning(false);
    }
  }

  return (
    <Dialog
      {...rest}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
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
