"use client";

import { useCallback, useState } from "react";
import { ProviderMark } from "#components/provider/provider-mark.tsx";
import { LoadState } from "#components/load/load-state.tsx";
import { useLoad } from "#components/load/use-load.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyBlock } from "#components/ui/copy-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { PickList } from "#components/ui/pick-list.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { SampleKind, SampleSent } from "#lib/contract/samples.ts";
import { messageOf } from "#lib/message-of.ts";

type SampleDialogProps = {
  bin: Bin;
  api: ApiClient;
  onClose: () => void;
  /** Opens the request that came of it. */
  onOpen: (id: string) => void;
};

/** Has an event of a provider sent to the capture URL. */
export function SampleDialog({ bin, api, onClose, onOpen }: SampleDialogProps) {
  const load = useCallback((signal: AbortSignal) => api.samples(bin.id, signal), [api, bin.id]);
  const loaded = useLoad(load);
  const [sent, setSent] = useState<SampleSent | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [running, setRunning] = useState(false);

  async function send({ provider, event }: SampleKind) {
    if (running) return;
    setRunning(true);
    setFailure(null);
    try {
      setSent(await api.sendSample(bin.id, { provider, event }));
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setRunning(false);
    }
  }

  if (sent) {
    return (
      <Dialog
        onClose={onClose}
        title={`${sent.event} was sent`}
        description={`To this bin’s capture URL, over HTTP. It was answered ${sent.status}.`}
        actions={
          <>
            <Button onClick={() => setSent(null)}>Send another</Button>
            <Button
              variant="primary"
              onClick={() => {
                onClose();
                onOpen(sent.requestId);
              }}
            >
              Open it
            </Button>
          </>
        }
      >
        <SignedBy sent={sent} />
      </Dialog>
    );
  }
  return (
    <Dialog
      onClose={onClose}
      title="Send a sample"
      description="An event as its provider sends it, with fresh ids and times, signed."
    >
      {failure && (
        <p role="alert" className="text-xs text-bad">
          Not sent. {failure}
        </p>
      )}
      <p role="status" className="sr-only">
        {running && "Sending"}
      </p>
      <div className="-mx-5 -mb-5 border-t border-line">
        <LoadState loaded={loaded} what="the samples">
          {({ items }) => (
            <PickList
              items={items.map((kind) => toItem(kind))}
              label="Find an event or a provider"
              listLabel="Samples"
              nothing="There is no such sample."
              onPick={({ kind }) => void send(kind)}
            />
          )}
        </LoadState>
      </div>
    </Dialog>
  );
}

const toItem = (kind: SampleKind) => ({
  key: `${kind.provider}-${kind.event}`.replaceAll(/[^\w-]/g, "-"),
  name: `${kind.name} ${kind.event}`,
  detail: kind.about,
  mark: <ProviderMark provider={{ id: kind.provider, name: kind.name }} />,
  kind,
});

function SignedBy({ sent: { signedBy } }: { sent: SampleSent }) {
  if (signedBy.kind === "nothing") return <p className="text-muted">Its provider signs nothing.</p>;
  if (signedBy.kind === "kept") {
    return <p className="text-muted">It is signed with this bin’s secret of that provider.</p>;
  }
  return (
    <div className="flex flex-col gap-2">
      <p className="text-muted">
        The bin has no secret of this provider, so it is signed with one that was made for it and is
        kept nowhere. To have it verified, add it under Settings, Signing secrets.
      </p>
      <CopyBlock text={signedBy.secret} label="Copy the secret" />
    </div>
  );
}
