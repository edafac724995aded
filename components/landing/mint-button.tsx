"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { keepFirstKey } from "#components/access/private-link.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import { messageOf } from "#lib/message-of.ts";

/** Mints a bin and goes there. Enter is enough as long as nothing else on the page has the focus. */
export function MintButton({ api }: { api: ApiClient }) {
  const router = useRouter();
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function mint() {
    if (running) return;
    setRunning(true);
    setFailure(null);
    try {
      const bin = await api.mint();
      keepFirstKey(bin.id, bin.key);
      router.push(`/b/${bin.id}`);
    } catch (error) {
      setFailure(messageOf(error));
      setRunning(false);
    }
  }

  const latest = useRef(mint);
  useEffect(() => {
    latest.current = mint;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key === "Enter" && event.target === document.body) void latest.current();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <div className="flex flex-col items-start gap-3 noscript:hidden">
      <Button
        size="lg"
        variant="primary"
        disabled={running}
        onClick={() => void mint()}
        className="pointer-fine:pr-3"
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
