"use client";

import { useCallback, useMemo, useState } from "react";
import { PagedList } from "#components/settings/paged-list.tsx";
import { usePages } from "#components/load/use-pages.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { later } from "#components/ui/later.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { Time } from "#components/ui/time.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { shareCalls } from "#lib/contract/share-client.ts";
import type { Share } from "#lib/contract/shares.ts";

const MakeShareDialog = later(() =>
  import("./make-share-dialog.tsx").then((module) => module.MakeShareDialog),
);

type SharesSectionProps = { bin: Bin; api: ApiClient };

/** The links by which others look, with how often each was opened. */
export function SharesSection({ bin, api }: SharesSectionProps) {
  const calls = useMemo(() => shareCalls(api), [api]);
  const read = useCallback(
    (cursor: string | null, signal?: AbortSignal) => calls.list(bin.id, cursor, signal),
    [calls, bin.id],
  );
  const shares = usePages(read);
  const [revoking, setRevoking] = useState<Share | null>(null);
  const [isMaking, setMaking] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <PagedList
        pages={shares}
        noun="shares"
        row={(share) => (
          <ShareRow key={share.id} share={share} onRevoke={() => setRevoking(share)} />
        )}
      />
      <Button className="self-start" onClick={() => setMaking(true)}>
        Share this bin
      </Button>
      {isMaking && (
        <MakeShareDialog
          binId={bin.id}
          api={api}
          onClose={() => {
            setMaking(false);
            shares.readAgain();
          }}
        />
      )}
      {revoking && (
        <ConfirmDialog
          title={`Revoke ${nameOf(revoking)}?`}
          description="Whoever has it open loses it within seconds, and the link opens nothing any more."
          action="Revoke share"
          onConfirm={async () => {
            await calls.revoke(bin.id, revoking.id);
            shares.leaveOut(revoking.id);
          }}
          onClose={() => setRevoking(null)}
        />
      )}
    </div>
  );
}

const nameOf = (share: Share) => plainName(share.label || "Unnamed share");

const whatOf = ({ requestId, q }: Share) =>
  requestId ? "one request" : q === null ? "the whole bin" : "what matches";

function ShareRow({ share, onRevoke }: { share: Share; onRevoke: () => void }) {
  const now = useNow();
  const isOver = share.expiresAt !== null && Date.parse(share.expiresAt) <= now;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 pr-2 pl-4 last:border-none">
      <div className="min-w-0 flex-1 basis-60">
        <p className="truncate">
          <span className="font-medium">{nameOf(share)}</span>
          <span className="text-muted"> · {whatOf(share)} </span>
          {share.q !== null && <code className="wire text-muted">{share.q}</code>}
        </p>
        <p className="text-xs text-faint">
          made <Time ago at={share.createdAt} />
          {" · "}
          <Ends share={share} isOver={isOver} />
          {" · "}
          {share.lastOpenedAt ? (
            <>
              opened {share.opens === 1 ? "once" : `${share.opens} times`}, last{" "}
              <Time ago at={share.lastOpenedAt} />
            </>
          ) : (
            "never opened"
          )}
        </p>
      </div>
      <span className="flex shrink-0 items-center gap-1">
        {!isOver && (
          <a
            href={share.url}
            target="_blank"
            rel="noreferrer"
            aria-label={`Look at ${nameOf(share)} as others see it`}
            className={buttonClass({ size: "sm", variant: "quiet" })}
          >
            Look
          </a>
        )}
        <Button size="sm" onClick={onRevoke} aria-label={`Revoke ${nameOf(share)}`}>
          {isOver ? "Remove" : "Revoke"}
        </Button>
      </span>
    </li>
  );
}

function Ends({ share, isOver }: { share: Share; isOver: boolean }) {
  if (share.expiresAt === null) return "ends when it is revoked";
  return (
    <>
      {isOver ? "ended" : "ends"} <Time at={share.expiresAt} />
    </>
  );
}
