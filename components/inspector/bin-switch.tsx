"use client";

import { Check } from "lucide-react";
import { useEffect, useState } from "react";
import { formatAgo, formatCount } from "#components/ui/format.ts";
import { MenuLabel, MenuLink } from "#components/ui/menu-items.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { useNow } from "#components/ui/use-now.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";

const SHOWN = 8;

type Known = { bin: Bin; lastAt: string | null };

/** Menu items: the bins that this browser remembers, with their last activity. To be drawn while the menu is open. */
export function BinSwitch({ current, api }: { current: Bin; api: ApiClient }) {
  const known = useBins(current, api);
  const now = useNow();
  return (
    <>
      <MenuLabel>Bins of this browser</MenuLabel>
      {known.map(({ bin, lastAt }) => (
        <MenuLink
          key={bin.id}
          {...(bin.id === current.id && { icon: Check })}
          isIndented
          href={`/b/${bin.id}`}
          detail={detailOf(bin, lastAt, now)}
        >
          {plainName(bin.name ?? `Unnamed ${bin.id.slice(0, 6)}`)}
        </MenuLink>
      ))}
    </>
  );
}

/** Of a bin that is being read the count is known already. */
function detailOf(bin: Bin, lastAt: string | null, now: number): string {
  if (bin.requestCount === 0) return "empty";
  const count = formatCount(bin.requestCount);
  return lastAt ? `${count} · ${formatAgo(Date.parse(lastAt), now)}` : count;
}

function useBins(current: Bin, api: ApiClient): Known[] {
  const [known, setKnown] = useState<Known[]>([{ bin: current, lastAt: null }]);
  useEffect(() => {
    const reading = new AbortController();
    const { signal } = reading;
    const lastOf = async (bin: Bin): Promise<Known> => {
      if (bin.requestCount === 0) return { bin, lastAt: null };
      const page = await api.requests(bin.id, { limit: 1, signal });
      return { bin, lastAt: page.items[0]?.receivedAt ?? null };
    };
    api
      .bins(signal)
      .then((page) => Promise.all(page.items.slice(0, SHOWN).map(lastOf)))
      // The way to all bins is in the menu too.
      .then(setKnown, () => undefined);
    return () => reading.abort();
  }, [api]);
  return known;
}
