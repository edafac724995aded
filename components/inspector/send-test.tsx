"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { Bin } from "#lib/contract/bins.ts";

/** A request from this page to the capture URL, like any sender's. */
export function SendTest({ bin }: { bin: Bin }) {
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function send() {
    setRunning(true);
    setFailure(null);
    try {
      await post(bin);
    } catch {
      setFailure("The server did not take it. It may be restarting: try again.");
    } finally {
      setRunning(false);
    }
  }

  return (
    <div className="flex flex-col items-start gap-2">
      <Button disabled={running} onClick={() => void send()}>
        Send a test request
      </Button>
      {failure && (
        <p role="alert" className="text-xs text-bad">
          {failure}
        </p>
      )}
    </div>
  );
}

async function post(bin: Bin): Promise<void> {
  // By path, since the page may have been opened under another name of the same server than the one it prints.
  const { pathname } = new URL(bin.url);
  const response = await fetch(`${pathname}/test?from=page`, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      type: "test.requested",
      message: "Sent by the page itself",
      sentAt: new Date().toISOString(),
    }),
  });
  // Whatever the bin is set to answer, a request that was stored has its id.
  if (!response.headers.has("Hooklens-Request-Id")) throw new Error("not captured");
}
