"use client";

import { useState } from "react";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { ConnectCard } from "./connect-card.tsx";
import { ConnectFold } from "./connect-fold.tsx";
import { useRelays } from "./relay-context.ts";

type ConnectSectionProps = { bin: Bin; api: ApiClient };

/** The way to connect a machine: folded where one was there already, and left open for the one that it brought. */
export function ConnectSection({ bin, api }: ConnectSectionProps) {
  const count = useRelays().length;
  const [isFolded] = useState(count > 0);
  if (!isFolded) return <ConnectCard bin={bin} api={api} />;
  const summary = count > 0 ? "Connect another machine" : "Connect a machine";
  return <ConnectFold bin={bin} api={api} summary={summary} />;
}
