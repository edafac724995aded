"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { CopyBlock } from "#components/ui/copy-block.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import { dropFirstKey, firstKey, privateLink } from "#components/access/private-link.ts";

/** Offers the private link once, right after the bin was made: later the first key can't be read any more. */
export function FirstKeyOffer({ bin }: { bin: Bin }) {
  const [key, setKey] = useState(() => firstKey(bin.id));
  if (!key) return null;
  return (
    <section className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4">
      <header className="flex items-start gap-2">
        <p className="min-w-0 flex-1 text-muted">
          This browser remembers the bin.{" "}
          <strong className="font-medium text-ink">The private link</strong> opens it anywhere else;
          whoever has it can read and change everything. Shown only now.
        </p>
        <IconButton
          icon={X}
          label="Put the private link away"
          className="-mt-1 -mr-1"
          onClick={() => {
            dropFirstKey(bin.id);
            setKey(null);
          }}
        />
      </header>
      <CopyBlock text={privateLink(bin, key)} label="Copy the private link" />
    </section>
  );
}
