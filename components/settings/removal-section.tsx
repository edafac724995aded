"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { formatCount } from "#components/ui/format.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";

type RemovalSectionProps = { bin: Bin; api: ApiClient; onCleared: () => void };

export function RemovalSection({ bin, api, onCleared }: RemovalSectionProps) {
  const [asking, setAsking] = useState<"clear" | "delete" | null>(null);
  const router = useRouter();
  const requests = `${formatCount(bin.requestCount)} ${bin.requestCount === 1 ? "request" : "requests"}`;
  const dialog = (kind: typeof asking) => ({
    open: asking === kind,
    onOpenChange: (open: boolean) => setAsking(open ? kind : null),
  });
  return (
    <div className="flex flex-col gap-4">
      <Choice
        title="Clear requests"
        text={`Removes ${requests} and their forwards. The URL stays.`}
      >
        <Button disabled={bin.requestCount === 0} onClick={() => setAsking("clear")}>
          Clear
        </Button>
      </Choice>
      <Choice
        title="Delete bin"
        text="Removes everything. The URL answers 410 for ever and is never given again."
      >
        <Button variant="danger" onClick={() => setAsking("delete")}>
          Delete bin
        </Button>
      </Choice>
      <ConfirmDialog
        {...dialog("clear")}
        title={`Clear ${requests}?`}
        description="They are gone for good, for everybody who opens this bin."
        action="Clear requests"
        onConfirm={async () => {
          await api.clear(bin.id);
          onCleared();
        }}
      />
      <ConfirmDialog
        {...dialog("delete")}
        title={`Delete ${bin.name ? `“${bin.name}”` : "this bin"}?`}
        description="The bin and all its requests are gone for good. Its URL answers 410 for ever, so remove it where it is configured."
        action="Delete bin"
        onConfirm={async () => {
          await api.deleteBin(bin.id);
          router.push("/");
        }}
      />
    </div>
  );
}

type ChoiceProps = { title: string; text: string; children: React.ReactNode };

function Choice({ title, text, children }: ChoiceProps) {
  return (
    <div className="flex items-center gap-4">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="text-xs text-muted">{text}</p>
      </div>
      {children}
    </div>
  );
}
