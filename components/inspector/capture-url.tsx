"use client";

import { clsx } from "clsx";
import { CopyButton } from "#components/ui/copy-button.tsx";

type CaptureUrlProps = { url: string; className?: string };

/** The capture URL in the header: one click anywhere on it selects it, one on the button copies it. */
export function CaptureUrl({ url, className }: CaptureUrlProps) {
  return (
    <div
      className={clsx(
        "flex min-w-0 items-center rounded-md border border-line bg-sunken pl-2.5 focus-within:border-line-strong",
        className,
      )}
    >
      <code className="wire min-w-0 truncate select-all" title={url}>
        {url}
      </code>
      <CopyButton text={url} label="Copy URL" className="h-7" />
    </div>
  );
}
