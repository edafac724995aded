"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { keepFirstKey } from "#components/inspector/private-link.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ApiClient } from "#lib/contract/client.ts";

/** Mints a bin and goes there. It has the focus from the start, so Enter is enough. */
export function MintButton({ api }: { api: ApiClient }) {
  const router = useRouter();
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function mint() {
    setRunning(true);
    setFailure(null);
    try {
      const bin = await api.mint();
      keepFirstKey(bin.id, bin.key);
      router.push(`/b/${bin.id}`);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setRunning(false);
    }
  }

  return (
    <div className="flex flex-col items-start gap-3">
      <Button
        autoFocus
        size="lg"
        variant="primary"
        disabled={running}
        onClick={() => void mint()}
        className="pr-3"
      >
        {running ? "Making it" : "Get a URL"}
        <kbd
          aria-hidden
          className="rounded-sm border border-current/40 px-1.5 font-sans text-xs pointer-coarse:hidden"
        >
          ↵
        </kbd>
      </Button>
      {failure && <Notice tone="bad">{failure}</Notice>}
    </div>
  );
}
