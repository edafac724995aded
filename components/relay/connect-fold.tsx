"use client";

import { useState } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { later } from "#components/ui/later.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";

const ConnectCard = later(
  () => import("./connect-card.tsx").then((module) => module.ConnectCard),
  <p className="text-xs text-faint">Loading</p>,
);

type ConnectFoldProps = { bin: Bin; api: ApiClient; summary: string };

/** The way to connect a machine, folded; fetched when it is opened, and kept with its command from then on. */
export function ConnectFold({ bin, api, summary }: ConnectFoldProps) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <Disclosure summary={summary} onToggle={(isOpen) => isOpen && setOpened(true)}>
      <div className="pt-3">{wasOpened && <ConnectCard bin={bin} api={api} />}</div>
    </Disclosure>
  );
}
