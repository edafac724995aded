"use client";

import { clsx } from "clsx";
import { AppWindow, Server } from "lucide-react";
import { type ReactNode, useId } from "react";
import { RelayMark } from "#components/relay/relay-mark.tsx";
import { plainStanding } from "#components/relay/relay-words.ts";
import type { RelayView } from "#components/relay/relays.ts";

type ViaChoiceProps = {
  relays: readonly RelayView[];
  via: RelayView | null;
  onChoose: (name: string | null) => void;
  /** Absent where a page can't send. */
  browser?: { isChosen: boolean; onChoose: () => void } | null;
};

/** Who sends it on: the server to any URL, a listener on its machine, or this page to the machine that shows it. */
export function ViaChoice({ relays, via, onChoose, browser }: ViaChoiceProps) {
  const group = useId();
  return (
    <fieldset className="flex flex-wrap gap-1 rounded-md bg-sunken p-0.5">
      <legend className="sr-only">Sent on by</legend>
      <Option
        group={group}
        isChosen={via === null && !browser?.isChosen}
        onChoose={() => onChoose(null)}
      >
        <Server size={13} aria-hidden className="shrink-0 text-muted" />
        the server, to a URL
      </Option>
      {relays.map(({ relay, kind }) => (
        <Option
          key={relay.name}
          group={group}
          isChosen={via?.relay.name === relay.name}
          onChoose={() => onChoose(relay.name)}
        >
          <RelayMark kind={kind} />
          <span className="wire max-w-48 truncate">{relay.name}</span>
          <span className={kind === "connected" ? "sr-only" : "text-faint"}>
            {plainStanding[kind]}
          </span>
        </Option>
      ))}
      {browser && (
        <Option group={group} isChosen={browser.isChosen} onChoose={browser.onChoose}>
          <AppWindow size={13} aria-hidden className="shrink-0 text-muted" />
          this browser, to localhost
        </Option>
      )}
    </fieldset>
  );
}

type OptionProps = { group: string; isChosen: boolean; onChoose: () => void; children: ReactNode };

function Option({ group, isChosen, onChoose, children }: OptionProps) {
  return (
    <label
      className={clsx(
        "touch-target relative flex h-7 min-w-0 cursor-pointer items-center gap-1.5 rounded-sm px-2.5 text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent",
        isChosen
          ? "bg-raised font-medium text-ink shadow-[0_0_0_1px_var(--color-line)]"
          : "text-muted hover:text-ink",
      )}
    >
      <input
        type="radio"
        name={group}
        checked={isChosen}
        onChange={onChoose}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
      {children}
    </label>
  );
}
