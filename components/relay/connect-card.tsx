"use client";

import { Check, CircleDashed, Copy } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyBlock } from "#components/ui/copy-block.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import { useNow } from "#components/ui/use-now.ts";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { ListenShell } from "#lib/contract/listen-command.ts";
import { useRelays } from "./relay-context.ts";
import { RelayMark } from "./relay-mark.tsx";
import { shortTargets, standing } from "./relay-words.ts";
import { useConnect } from "./use-connect.ts";

type ConnectCardProps = { bin: Bin; api: ApiClient };

/** Connects a machine of one's own: its URL, the command to paste there, and whether it has come. */
export function ConnectCard({ bin, api }: ConnectCardProps) {
  const connect = useConnect(bin, api);
  const { to, shell, change, command, copying, problem } = connect;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (copying !== "running") void connect.copy();
  }

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <form noValidate onSubmit={submit} className="flex flex-wrap items-start gap-2">
        <Field
          label="Your code listens on"
          error={problem?.at === "url" ? problem.message : null}
          className="min-w-56 flex-1"
        >
          <Input
            wire
            type="url"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            value={to}
            onChange={(event) => change({ to: event.currentTarget.value })}
          />
        </Field>
        <Button
          type="submit"
          disabled={copying === "running"}
          className="mt-5.5 max-sm:mt-0 max-sm:w-full"
        >
          {copying === "copied" ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          {copying === "copied" ? "Command copied" : "Copy the command"}
        </Button>
      </form>
      {problem?.at === "making" && (
        <Notice tone="bad">No command could be made. {problem.message}</Notice>
      )}
      {command && <CommandLine command={command} shell={shell} onShell={change} />}
      <ol className="list-decimal space-y-0.5 pl-4 text-xs text-muted marker:text-faint">
        <li>Copy the command. It holds a new key that opens this bin.</li>
        <li>Paste it into a terminal on that machine. It needs Node 20 or newer, nothing else.</li>
      </ol>
      <p className="text-xs text-faint">
        The key is named “CLI on …” and can be revoked in{" "}
        <Link href={`/b/${bin.id}/settings#keys`} className="rounded-sm text-accent underline">
          the list of keys
        </Link>
        : that also cuts the machine off.
      </p>
      <Arrival connect={connect} />
    </div>
  );
}

type CommandLineProps = {
  command: string;
  shell: ListenShell;
  onShell: (change: { shell: ListenShell }) => void;
};

const shells: readonly { value: ListenShell; label: string }[] = [
  { value: "posix", label: "bash, zsh" },
  { value: "powershell", label: "PowerShell" },
];

function CommandLine({ command, shell, onShell }: CommandLineProps) {
  const name = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <fieldset className="flex gap-3 text-xs text-muted">
        <legend className="sr-only">The terminal’s shell</legend>
        {shells.map(({ value, label }) => (
          <label key={value} className="touch-target flex cursor-pointer items-center gap-1.5">
            <input
              type="radio"
              name={name}
              checked={shell === value}
              onChange={() => onShell({ shell: value })}
              className="accent-accent"
            />
            {label}
          </label>
        ))}
      </fieldset>
      <CopyBlock text={command} label="Copy the command again" />
    </div>
  );
}

/** From the copied command on: whether a machine has come with it. */
function Arrival({ connect }: { connect: ReturnType<typeof useConnect> }) {
  const { command, copying, arrived } = connect;
  const now = useNow();
  const view = useRelays().find(({ relay }) => relay.name === arrived?.name);
  return (
    <p role="status" className="flex items-center gap-1.5 text-xs empty:hidden">
      {copying === "refused" && !arrived && (
        <span className="text-warn">The browser refused to copy: click the command.</span>
      )}
      {command && !view && copying !== "refused" && (
        <>
          <CircleDashed size={12} aria-hidden className="text-muted" />
          <span className="text-muted">Waiting for it to connect …</span>
        </>
      )}
      {view && (
        <>
          <RelayMark kind={view.kind} />
          <span>
            {view.kind === "connected" ? "Connected as " : ""}
            <span className="wire">{plainName(view.relay.name)}</span>
            {view.kind === "connected"
              ? `, which takes requests to ${shortTargets(view.relay.targets) || "its targets"}`
              : `, ${standing(view, now)}`}
          </span>
        </>
      )}
    </p>
  );
}
