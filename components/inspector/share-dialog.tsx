"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyBlock } from "#components/ui/copy-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { privateLink } from "#components/access/private-link.ts";
import { messageOf } from "#lib/message-of.ts";

type ShareDialogProps = {
  bin: Bin;
  api: ApiClient;
  onClose: () => void;
};

/** A private link needs a key, and keys are shown once: so one is minted for each link, with a label to revoke it by. */
export function ShareDialog({ bin, api, onClose }: ShareDialogProps) {
  const [label, setLabel] = useState("");
  const [link, setLink] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function mint() {
    try {
      const { key } = await api.mintKey(bin.id, label.trim() || "Private link");
      setLink(privateLink(bin, key));
      setFailure(null);
    } catch (error) {
      setFailure(messageOf(error));
    }
  }

  return (
    <Dialog
      onClose={onClose}
      title="Private link"
      description="It opens this bin in any browser. Whoever has it can read, change and delete everything in it."
      actions={
        link ? (
          <Button onClick={onClose}>Done</Button>
        ) : (
          <Button variant="primary" onClick={() => void mint()}>
            Make a private link
          </Button>
        )
      }
    >
      {link ? (
        <div className="flex flex-col gap-2">
          <CopyBlock text={link} label="Copy the private link" />
          <p className="text-xs text-faint">
            Shown only now. It can be revoked under Settings, Keys.
          </p>
        </div>
      ) : (
        <Field
          label="Who or what is it for?"
          hint="A label, to know it by when you revoke it."
          error={failure}
        >
          <Input
            value={label}
            maxLength={100}
            placeholder="Private link"
            onChange={(event) => setLabel(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && void mint()}
          />
        </Field>
      )}
    </Dialog>
  );
}
