"use client";

import { useMemo, useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { CopyBlock } from "#components/ui/copy-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Input, Select } from "#components/ui/field.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import { shareCalls } from "#lib/contract/share-client.ts";
import type { Redaction, ShareMinted } from "#lib/contract/shares.ts";
import { messageOf } from "#lib/message-of.ts";
import { HideFields } from "./hide-fields.tsx";
import { useSharePreview } from "./use-share-preview.ts";

type MakeShareDialogProps = {
  binId: string;
  api: ApiClient;
  /** What the list is filtered by; empty for nothing. */
  query?: string;
  /** The request that is to be shared. */
  request?: { id: string; seq: number } | null;
  onClose: () => void;
};

type What = "bin" | "filter" | "request";

const HOUR = 3600;
const ends = [
  { seconds: HOUR, words: "in an hour" },
  { seconds: 24 * HOUR, words: "in a day" },
  { seconds: 7 * 24 * HOUR, words: "in a week" },
  { seconds: 30 * 24 * HOUR, words: "in 30 days" },
  { seconds: 0, words: "when it is revoked" },
];

const hiddenAtFirst: Redaction = {
  headers: [],
  paths: [],
  cards: true,
  tokens: true,
  emails: true,
  captureUrl: false,
};

/** Makes a link by which others can look, with what they shall not see. */
export function MakeShareDialog(props: MakeShareDialogProps) {
  const { binId, api, query = "", request = null, onClose } = props;
  const shares = useMemo(() => shareCalls(api), [api]);
  const isFiltered = query.trim() !== "";
  const [what, setWhat] = useState<What>(request ? "request" : isFiltered ? "filter" : "bin");
  const [label, setLabel] = useState("");
  const [seconds, setSeconds] = useState(7 * 24 * HOUR);
  const [hide, setHide] = useState(hiddenAtFirst);
  const [made, setMade] = useState<ShareMinted | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const requestId = what === "request" ? (request?.id ?? null) : null;
  const preview = useSharePreview(shares, binId, requestId, hide);

  async function make() {
    setFailure(null);
    try {
      const share = {
        label: label.trim(),
        hide,
        ...(seconds > 0 && { expiresInSeconds: seconds }),
        ...(requestId && { requestId }),
        ...(what === "filter" && { q: query }),
      };
      setMade(await shares.create(binId, share));
    } catch (error) {
      setFailure(messageOf(error));
    }
  }

  if (made) return <Made share={made} onClose={onClose} />;
  return (
    <Dialog
      onClose={onClose}
      size="wide"
      title={request ? `Share request #${request.seq}` : "Share"}
      description="A link to look at it, without a key: nothing can be changed, and what you hide never leaves the server."
      actions={
        <Button variant="primary" onClick={() => void make()}>
          Make the link
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {!request && isFiltered && (
          <Choice label="What to share" value={what} onChange={setWhat} choices={choices} />
        )}
        {what === "filter" && (
          <p className="text-xs text-muted">
            What matches <code className="wire">{query}</code>, now and later. The filter itself is
            not shown.
          </p>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Who or what is it for?" hint="A title that they see too." error={failure}>
            <Input
              value={label}
              maxLength={100}
              onChange={(event) => setLabel(event.target.value)}
            />
          </Field>
          <Field label="It ends">
            <Select
              value={String(seconds)}
              onChange={(event) => setSeconds(Number(event.target.value))}
            >
              {ends.map((end) => (
                <option key={end.seconds} value={end.seconds}>
                  {end.words}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <HideFields hide={hide} preview={preview} onChange={setHide} />
      </div>
    </Dialog>
  );
}

const choices = [
  { value: "filter", label: "This filter" },
  { value: "bin", label: "The whole bin" },
] as const;

function Made({ share, onClose }: { share: ShareMinted; onClose: () => void }) {
  return (
    <Dialog
      onClose={onClose}
      title="The link is made"
      description="Whoever has it can look, until it ends or you revoke it."
      actions={
        <>
          <a href={share.url} target="_blank" rel="noreferrer" className={buttonClass()}>
            Look as they see it
          </a>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        <CopyBlock text={share.link} label="Copy the link" />
        <p className="text-xs text-faint">
          Shown only now. Under Settings, Shares you see how often it was opened, and can revoke it.
        </p>
      </div>
    </Dialog>
  );
}
