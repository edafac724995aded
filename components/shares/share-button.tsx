"use client";

import { Share2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { later } from "#components/ui/later.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

const MakeShareDialog = later(() =>
  import("./make-share-dialog.tsx").then((module) => module.MakeShareDialog),
);

type ShareButtonProps = {
  binId: string;
  api: ApiClient;
  request: Pick<RequestSummary, "id" | "seq">;
};

/** Shares one request. */
export function ShareButton({ binId, api, request }: ShareButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton icon={Share2} label="Share this request" onClick={() => setOpen(true)} />
      {isOpen && (
        <MakeShareDialog binId={binId} api={api} request={request} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
