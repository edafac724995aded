"use client";

import { Send } from "lucide-react";
import { type FormEvent, type RefCallback, useId, useMemo } from "react";
import type { Editing } from "#components/edit/use-edit.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { later } from "#components/ui/later.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { isLoopbackUrl, previewJoin } from "./join-preview.ts";
import { ResignSwitch } from "./resign-switch.tsx";
import type { useForwardForm } from "./use-forward-form.ts";
import { ViaChoice } from "./via-choice.tsx";
import { RelayTrouble, ViaRelay } from "./via-relay.tsx";
import { WireText } from "./wire-text.tsx";

type ForwardFormProps = {
  form: ReturnType<typeof useForwardForm>;
  request: CapturedRequest;
  editing: Editing;
  /** False for a recording, from which nothing is sent. */
  isLive: boolean;
  /** The target gave this page no leave when it was last sent from here. */
  wasKeptOut: boolean;
  field: RefCallback<HTMLElement>;
};

const BrowserPanel = later(
  () => import("#components/browser/browser-panel.tsx").then((module) => module.BrowserPanel),
  <p className="text-xs text-faint">Loading</p>,
);

/** Where to send the request on to, and by whom. */
export function ForwardForm({
  form,
  request,
  editing,
  isLive,
  wasKeptOut,
  field,
}: ForwardFormProps) {
  const { relays, via, isByBrowser, choose, target, change, startedAt, failure } = form;
  // The server's words for it are the listener's own trouble once more.
  const wasAway = via?.kind === "away" && failure?.code === "no_listener";

  function submit(event: FormEvent) {
    event.preventDefault();
    if (startedAt !== null) return;
    if (editing.errors.length > 0) return editing.setOpen(true);
    void form.send();
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-2.5">
      {(relays.length > 0 || isLive) && (
        <ViaChoice
          relays={relays}
          via={via}
          onChoose={choose}
          browser={isLive ? { isChosen: isByBrowser, onChoose: form.chooseBrowser } : null}
        />
      )}
      {via ? (
        <>
          <div className="flex items-start gap-2">
            <ViaRelay view={via} request={request} append={form.appendsVia} />
            <SendButton disabled={startedAt !== null} field={field} />
          </div>
          <RelayTrouble view={via} wasTried={wasAway} />
        </>
      ) : (
        <UrlField form={form} field={field} />
      )}
      <Switch
        checked={editing.edit?.target !== undefined || (via ? form.appendsVia : target.append)}
        onChange={(append) => (via ? form.setAppendsVia(append) : change({ ...target, append }))}
      >
        <span className="text-xs">Append the captured path and query</span>
      </Switch>
      <ResignSwitch
        resigning={form.resigning}
        provider={request.provider}
        isViaListener={via !== null}
      />
      {!via && <Whither form={form} editing={editing} />}
      {isByBrowser && (
        <BrowserPanel form={form} request={request} editing={editing} wasKeptOut={wasKeptOut} />
      )}
      <SignatureWarning form={form} request={request} editing={editing} />
      {editing.errors.length > 0 && (
        <Notice tone="bad">HTTP can’t carry what was edited: see the marked fields below.</Notice>
      )}
      {startedAt !== null && <Progress startedAt={startedAt} via={via?.relay.name ?? null} />}
      {failure && !failure.field && !wasAway && <Notice tone="bad">{failure.message}</Notice>}
    </form>
  );
}

type SendButtonProps = { disabled: boolean; field?: RefCallback<HTMLElement>; className?: string };

function SendButton({ disabled, field, className = "" }: SendButtonProps) {
  return (
    <Button
      type="submit"
      variant="primary"
      disabled={disabled}
      className={className}
      {...(field && { ref: field })}
    >
      <Send size={14} aria-hidden />
      Send
      <kbd
        aria-hidden
        className="rounded-[3px] border border-current/40 px-1 text-2xs opacity-80 pointer-coarse:hidden"
      >
        f
      </kbd>
    </Button>
  );
}

function UrlField({ form, field }: Pick<ForwardFormProps, "form" | "field">) {
  const listId = useId();
  const { target, change, recent, startedAt, failure } = form;
  return (
    <div className="flex items-start gap-2">
      <Field
        label="Forward to"
        error={failure?.field ? failure.message : null}
        className="min-w-0 flex-1"
      >
        <Input
          ref={field}
          wire
          type="url"
          inputMode="url"
          required
          list={listId}
          autoComplete="off"
          spellCheck={false}
          placeholder="http://localhost:3000/webhooks"
          value={target.to}
          onChange={(event) => change({ ...target, to: event.currentTarget.value })}
        />
      </Field>
      <datalist id={listId}>
        {recent.map(({ to }) => (
          <option key={to} value={to}>
            {to}
          </option>
        ))}
      </datalist>
      <SendButton disabled={startedAt !== null} className="mt-5.5" />
    </div>
  );
}

/** Which URL that makes, and whose localhost that is. */
function Whither({
  form: { target, relays, isByBrowser },
  editing: { edited, edit },
}: Pick<ForwardFormProps, "form" | "editing">) {
  const append = target.append || edit?.target !== undefined;
  const preview = useMemo(
    () => previewJoin(target.to, edited.target, append),
    [target.to, edited.target, append],
  );
  if (preview.kind !== "url") return null;
  return (
    <>
      <p className="text-xs wrap-anywhere text-muted">
        Goes to <WireText text={`${edited.method} ${preview.url}`} className="text-ink" />
      </p>
      {!isByBrowser && isLoopbackUrl(preview.url) && !isLoopbackUrl(location.href) && (
        <p className="text-xs text-warn">
          That is the server’s own machine. To reach yours,{" "}
          {relays.length > 0 ? "choose its listener above" : "connect it below"}, or let this
          browser send.
        </p>
      )}
    </>
  );
}

/** A signature is over the bytes that were captured. */
function SignatureWarning({
  form: { resigning },
  request,
  editing,
}: Pick<ForwardFormProps, "form" | "request" | "editing">) {
  const isSigned = request.signature.scheme !== null;
  if (!isSigned || !editing.changed.includes("body") || (resigning.how && resigning.isOn))
    return null;
  return (
    <p className="text-xs text-warn">
      The body was edited, so the captured signature no longer fits it.{" "}
      {resigning.how
        ? "Switch on “Sign again”."
        : "To sign it again, add the secret in the settings."}
    </p>
  );
}

function Progress({ startedAt, via }: { startedAt: number; via: string | null }) {
  const seconds = Math.max(Math.round((useNow() - startedAt) / 1000), 0);
  const limit = via ? `waiting for ${via}` : "30 s at most";
  return (
    <p role="status" className="text-xs text-muted">
      Sending{seconds > 1 && `, ${seconds} s so far (${limit})`} …
    </p>
  );
}
