"use client";

import { type ReactNode, useState } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { SaveRow } from "./save-row.tsx";
import { useSaving } from "./use-saving.ts";

type ChecksFormProps = {
  bin: Bin;
  api: ApiClient;
  hasSecrets: boolean;
  onChanged: (bin: Bin) => void;
};

/** What the bin does by itself: refuse what is not verified, answer the checks of providers, confirm subscriptions. */
export function ChecksForm({ bin, api, hasSecrets, onChanged }: ChecksFormProps) {
  const [enforce, setEnforce] = useState(bin.enforce);
  const [handshakes, setHandshakes] = useState(bin.handshakes);
  const [confirmSns, setConfirmSns] = useState(bin.confirmSns);
  const { saving, run, touch } = useSaving();

  return (
    <form
      aria-label="Checks"
      className="flex max-w-2xl flex-col gap-5 border-t border-line pt-6"
      onChange={touch}
      onSubmit={(event) => {
        event.preventDefault();
        void run(async () =>
          onChanged(await api.change(bin.id, { enforce, handshakes, confirmSns })),
        );
      }}
    >
      <Choice
        checked={enforce}
        onChange={setEnforce}
        title="Answer 401 to what is not verified"
        text="For providers that try whether you check, and to see how a sender takes it. The request is kept all the same, marked as refused."
      >
        {enforce && !hasSecrets && (
          <Notice tone="warn">
            Without a secret nothing can be verified: all senders get 401.
          </Notice>
        )}
      </Choice>
      <Choice
        checked={handshakes}
        onChange={setHandshakes}
        title="Answer providers’ checks of the URL"
        text="Slack, Meta, Zoom, Discord and others send a challenge before they send anything else. What Asana and Notion sign with comes with theirs, and is kept."
      />
      <Choice
        checked={confirmSns}
        onChange={setConfirmSns}
        title="Confirm subscriptions of AWS SNS"
        text="This server then asks the URL that SNS’ message names, at sns.{region}.amazonaws.com only. You see it in the request’s Forwards."
      />
      <SaveRow saving={saving} action="Save" />
    </form>
  );
}

type ChoiceProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  title: string;
  text: string;
  children?: ReactNode;
};

function Choice({ checked, onChange, title, text, children }: ChoiceProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <Switch checked={checked} onChange={onChange}>
        {title}
      </Switch>
      <p className="pl-10 text-xs text-muted">{text}</p>
      {children}
    </div>
  );
}
