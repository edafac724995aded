"use client";

import { useState } from "react";
import { PlainPage, yourBins } from "#components/shell/plain-page.tsx";
import { UnavailablePage } from "#components/shell/unavailable-page.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import type { ApiError } from "#lib/contract/calls.ts";
import { messageOf } from "#lib/message-of.ts";

type ProblemViewProps = {
  problem: ApiError;
  /** How the bin, which was open here, was lost; `link`: it was to be opened by one. */
  ended?: "revoked" | "forgotten" | "refused" | "link" | null;
  /** Takes a private link or a key. */
  onEnter: (linkOrKey: string) => Promise<void>;
};

const whyLost = {
  revoked: "The key that opened it here was revoked.",
  forgotten: "It was forgotten here, in another tab.",
  link: "The key in the link does not open it: it was revoked, or the link was not copied whole.",
  refused: "A capture URL can be sent to, but not read.",
};

/** Why the bin can't be shown here, and the way on. */
export function ProblemView({ problem, ended, onEnter }: ProblemViewProps) {
  switch (problem.code) {
    case "unauthenticated":
    case "forbidden":
      return (
        <PlainPage
          title="This browser has no access to this bin"
          actions={<Enter onEnter={onEnter} />}
        >
          {whyLost[ended ?? "refused"]} Whoever made the bin can share its private link: open that,
          or paste it here.
        </PlainPage>
      );
    case "bin_not_found":
      return (
        <PlainPage title="There is no such bin" actions={yourBins}>
          No bin ever had this address. Check that it was copied whole.
        </PlainPage>
      );
    case "bin_gone":
      return (
        <PlainPage title="This bin is gone" actions={yourBins}>
          It was deleted or has expired, with all its requests. Its URL now answers 410, so remove
          it where it is configured.
        </PlainPage>
      );
    default:
      return <UnavailablePage problem={problem} what="bin" />;
  }
}

function Enter({ onEnter }: Pick<ProblemViewProps, "onEnter">) {
  const [text, setText] = useState("");
  const [failure, setFailure] = useState<string | null>(null);

  async function enter() {
    setFailure(null);
    try {
      await onEnter(text);
    } catch (error) {
      setFailure(messageOf(error));
    }
  }

  return (
    <form
      className="flex w-full max-w-sm flex-col gap-3 text-left"
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <Field label="Private link or key" error={failure}>
        <Input
          wire
          value={text}
          autoComplete="off"
          spellCheck={false}
          placeholder="hlk_…"
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <span className="flex gap-2">
        <Button type="submit" variant="primary" disabled={text.trim() === ""}>
          Open the bin
        </Button>
        {yourBins}
      </span>
    </form>
  );
}
