"use client";

import { useCallback, useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { Time } from "#components/ui/time.tsx";
import type { Bin, Key } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { MintKey } from "./mint-key.tsx";

type KeysSectionProps = { bin: Bin; api: ApiClient };

/** Who can open the bin: its keys, with when each was last used. */
export function KeysSection({ bin, api }: KeysSectionProps) {
  const [keys, setKeys] = useState<Key[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<Key | null>(null);

  const read = useCallback(
    async (cursor: string | null, signal?: AbortSignal) => {
      try {
        const page = await api.keys(bin.id, { cursor, ...(signal && { signal }) });
        setKeys((now) => (cursor ? [...now, ...page.items] : page.items));
        setNext(page.next);
        setFailure(null);
      } catch (error) {
        if (!signal?.aborted) setFailure(error instanceof Error ? error.message : String(error));
      }
    },
    [api, bin.id],
  );

  useEffect(() => {
    const reading = new AbortController();
    void read(null, reading.signal);
    return () => reading.abort();
  }, [read]);

  return (
    <div className="flex flex-col gap-4">
      {failure && <Notice tone="warn">The keys can’t be read now. {failure}</Notice>}
      <ul className="rounded-lg border border-line bg-surface empty:hidden">
        {keys.map((key) => (
          <KeyRow key={key.id} value={key} onRevoke={() => setRevoking(key)} />
        ))}
      </ul>
      {next && (
        <Button variant="quiet" className="self-start" onClick={() => void read(next)}>
          Show more
        </Button>
      )}
      <MintKey bin={bin} api={api} onMinted={() => void read(null)} />
      {revoking && (
        <ConfirmDialog
          title={`Revoke ${nameOf(revoking)}?`}
          description="Every browser and script that came in with it is shut out within seconds; this browser too, if it was this key that let it in."
          action="Revoke key"
          onConfirm={async () => {
            await api.revokeKey(bin.id, revoking.id);
            setKeys((now) => now.filter((key) => key.id !== revoking.id));
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
