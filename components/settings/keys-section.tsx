"use client";

import { useCallback, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { Time } from "#components/ui/time.tsx";
import type { Bin, Key } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { MintKey } from "./mint-key.tsx";
import { PagedList } from "./paged-list.tsx";
import { usePages } from "#components/load/use-pages.ts";

type KeysSectionProps = { bin: Bin; api: ApiClient };

/** Who can open the bin: its keys, with when each was last used. */
export function KeysSection({ bin, api }: KeysSectionProps) {
  const read = useCallback(
    (cursor: string | null, signal?: AbortSignal) =>
      api.keys(bin.id, { cursor, ...(signal && { signal }) }),
    [api, bin.id],
  );
  const keys = usePages(read);
  const [revoking, setRevoking] = useState<Key | null>(null);
  return (
    <div className="flex flex-col gap-4">
      <PagedList
        pages={keys}
        noun="keys"
        row={(key) => <KeyRow key={key.id} value={key} onRevoke={() => setRevoking(key)} />}
      />
      <MintKey bin={bin} api={api} onMinted={keys.readAgain} />
      {revoking && (
        <ConfirmDialog
          title={`Revoke ${nameOf(revoking)}?`}
          description="Every browser and script that came in with it is shut out within seconds; this browser too, if it was this key that let it in."
          action="Revoke key"
          onConfirm={async () => {
            await api.revokeKey(bin.id, revoking.id);
            keys.leaveOut(revoking.id);
          }}
          onClose={() => setRevoking(null)}
        />
      )}
    </div>
  );
}

const nameOf = (key: Key) => plainName(key.label || "Unnamed key");

function KeyRow({ value: key, onRevoke }: { value: Key; onRevoke: () => void }) {
  return (
    <li className="flex items-center gap-3 border-b border-line py-2 pr-2 pl-4 last:border-none">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{nameOf(key)}</p>
        <p className="text-xs text-faint">
          made <Time ago at={key.createdAt} />
          {" · "}
          {key.lastUsedAt ? (
            <>
              last used <Time ago at={key.lastUsedAt} />
            </>
          ) : (
            "never used"
          )}
        </p>
      </div>
      <Button size="sm" onClick={onRevoke} aria-label={`Revoke ${nameOf(key)}`}>
        Revoke
      </Button>
    </li>
  );
}
