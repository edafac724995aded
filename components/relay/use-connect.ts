"use client";

import { useContext, useEffect, useState } from "react";
import { copyText } from "#components/ui/copy-text.ts";
import { formatExact } from "#components/ui/format.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { type ListenShell, listenCommand } from "#lib/contract/listen-command.ts";
import { messageOf } from "#lib/message-of.ts";
import { lastLocalUrl, readLocalUrl, rememberLocalUrl } from "./local-url.ts";
import { RelayContext } from "./relay-context.ts";
import type { Relay } from "./relays.ts";

type Made = {
  key: string;
  version: string;
  /** When each listener had connected by then: another time means that it came with this key, or in the meantime. */
  before: ReadonlyMap<string, string>;
};

export type Copying = "idle" | "running" | "copied" | "refused";

/** Makes the command that connects a listener, with a key of its own, and watches out for the one that comes. */
export function useConnect(bin: Bin, api: ApiClient) {
  const { relays } = useContext(RelayContext);
  const [to, setTo] = useState("");
  const [shell, setShell] = useState<ListenShell>("posix");
  const [made, setMade] = useState<Made | null>(null);
  const [copying, setCopying] = useState<Copying>("idle");
  const [problem, setProblem] = useState<{ at: "url" | "making"; message: string } | null>(null);
  useEffect(() => {
    setTo(lastLocalUrl(bin.id));
    if (/Windows/.test(navigator.userAgent)) setShell("powershell");
  }, [bin.id]);

  const read = readLocalUrl(to);
  const command = made && "url" in read ? commandOf(made, read.url) : null;

  function commandOf({ key, version }: Made, url: string): string {
    const { origin } = new URL(bin.url);
    return listenCommand({ origin, version, captureUrl: bin.url, key, to: url }, shell);
  }

  function change(next: { to?: string; shell?: ListenShell }) {
    if (next.to !== undefined) setTo(next.to);
    if (next.shell !== undefined) setShell(next.shell);
    setProblem(null);
    setCopying("idle");
  }

  async function make(): Promise<Made> {
    const { version } = await api.health();
    const now = formatExact(new Date().toISOString()).slice(0, 16);
    const { key } = await api.mintKey(bin.id, `CLI on ${now}`);
    return { key, version, before: new Map(relays?.map(placeOf)) };
  }

  async function copy() {
    if ("problem" in read) return setProblem({ at: "url", message: read.problem });
    setProblem(null);
    setCopying("running");
    try {
      const ready = made ?? (await make());
      setMade(ready);
      rememberLocalUrl(bin.id, read.url);
      setCopying((await copyText(commandOf(ready, read.url))) ? "copied" : "refused");
    } catch (error) {
      setCopying("idle");
      setProblem({ at: "making", message: messageOf(error) });
    }
  }

  const arrived = made && (relays?.find((relay) => isNew(relay, made)) ?? null);
  return { to, shell, change, command, copying, problem, copy, arrived };
}

const placeOf = ({ name, connectedAt }: Relay): [string, string] => [name, connectedAt];

const isNew = ({ name, connectedAt }: Relay, { before }: Made): boolean =>
  before.get(name) !== connectedAt;
