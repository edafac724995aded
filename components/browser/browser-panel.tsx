"use client";

import { useEffect, useMemo, useState } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { pairsOf } from "#components/edit/edited.ts";
import type { Editing } from "#components/edit/use-edit.ts";
import { previewJoin } from "#components/request/join-preview.ts";
import { Changes, changeCounts } from "#components/request/sent-view.tsx";
import type { useForwardForm } from "#components/request/use-forward-form.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { browserDraft } from "#lib/forward/browser-draft.ts";
import { CorsHelp } from "./cors-help.tsx";
import { type Permission, watchPermission } from "./permission.ts";
import { signatureWords } from "./signature-words.ts";
import { Standing } from "./standing.tsx";

type BrowserPanelProps = {
  form: ReturnType<typeof useForwardForm>;
  request: CapturedRequest;
  editing: Editing;
  /** The last attempt from here failed for want of CORS. */
  wasKeptOut: boolean;
};

/** What it means that this page sends it: whether it may, and what arrives otherwise than it was captured. */
export function BrowserPanel({ form, request, editing, wasKeptOut }: BrowserPanelProps) {
  const [permission, setPermission] = useState<Permission | null>(null);
  useEffect(() => watchPermission(setPermission), []);
  const { mode, setMode } = form;
  return (
    <section aria-label="Sent by this browser" className="flex flex-col gap-2">
      <p className="text-xs text-muted">
        This page sends it, to apps on your own machine. A listener changes no byte and needs
        neither CORS nor an open page: where you can run one, it is the better way.
      </p>
      <Standing permission={permission} />
      <Switch checked={mode === "no-cors"} onChange={(isOn) => setMode(isOn ? "no-cors" : "cors")}>
        <span className="text-xs">Fire only, without CORS</span>
      </Switch>
      {mode === "no-cors" && (
        <p className="text-xs text-muted">
          For a target that has no CORS: it gets the body, hardly any header, and nobody sees what
          it answers. Redirects are followed.
        </p>
      )}
      <Differences form={form} request={request} editing={editing} />
      {mode === "cors" && <CorsHelp isOpen={wasKeptOut} />}
    </section>
  );
}

function Differences({ form, request, editing }: Omit<BrowserPanelProps, "wasKeptOut">) {
  const { target, mode, resigning } = form;
  const { edited, edit } = editing;
  const append = target.append || edit?.target !== undefined;
  const draft = useMemo(() => {
    const preview = previewJoin(target.to, edited.target, append);
    if (preview.kind !== "url") return null;
    return browserDraft(
      {
        method: edited.method,
        url: preview.url,
        headers: pairsOf(edited),
        trailers: request.trailers,
        bodySize: edited.body?.length ?? request.bodySize,
      },
      { mode, forwardId: "(its id)", origin: location.origin, userAgent: navigator.userAgent },
    );
  }, [target.to, append, edited, request, mode]);
  if (!draft) return null;
  if (draft.kind === "refused") return <Notice tone="warn">{draft.why}</Notice>;
  const isResigned = resigning.isOn && resigning.how !== null;
  return (
    <>
      <p className="text-xs text-muted">
        The body goes byte for byte. {signatureWords(request.provider, draft.changes, isResigned)}
      </p>
      <Disclosure summary={`What a browser makes of the rest: ${changeCounts(draft.changes)}`}>
        <div className="pt-2 pl-4.5 text-xs text-muted">
          <Changes changes={draft.changes} label="What will differ" />
        </div>
      </Disclosure>
    </>
  );
}
