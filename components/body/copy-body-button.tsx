"use client";

import { Check, Copy, TriangleAlert } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { copyWords, useCopy } from "#components/ui/use-copy.ts";
import { toBase64 } from "./base64.ts";
import { decodeText } from "#lib/body/decode-text.ts";

const icons = { idle: Copy, copied: Check, failed: TriangleAlert };

type CopyBodyButtonProps = {
  bytes: Uint8Array;
  contentType: string | null;
  /** Bytes that are no text are copied as base64. */
  binary: boolean;
};

/** Makes the text only when it is asked for: a body may have 10 MiB. */
export function CopyBodyButton({ bytes, contentType, binary }: CopyBodyButtonProps) {
  const [state, copy] = useCopy();
  const Icon = icons[state];
  const text = () => (binary ? toBase64(bytes) : decodeText(bytes, contentType).text);
  return (
    <>
      <Button size="sm" variant="quiet" onClick={() => copy(text())}>
        <Icon size={13} aria-hidden />
        <span className="max-sm:sr-only">
          {state === "copied" ? "Copied" : binary ? "Copy base64" : "Copy"}
        </span>
        <span className="sr-only">the body</span>
      </Button>
      <span role="status" className="sr-only">
        {copyWords[state]}
      </span>
    </>
  );
}
