"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Attempt, Forward, ForwardCreate } from "#lib/contract/forwards.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { followed, type Redirect, redirectOf, type Way } from "#lib/forward/redirect.ts";
import { messageOf } from "#lib/message-of.ts";
import { WireText } from "./wire-text.tsx";

export type RedirectNoticeProps = {
  attempt: Attempt;
  forward: Forward;
  request: Pick<CapturedRequest, "method" | "headers" | "provider">;
  onUseTarget: (to: string) => void;
  /** Sends the request there, once. */
  onFollow: (input: ForwardCreate) => Promise<void>;
};

/** Where an answer leads, and following it by a click: nothing follows it by itself. */
export function RedirectNotice(props: RedirectNoticeProps) {
  const { attempt, forward, request, onUseTarget, onFollow } = props;
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const redirect = redirectOf(attempt, { to: forward.to, method: request.method });
  if (!redirect) return null;
  const { to, ways } = redirect;
  const isOnItsMachine = forward.listener !== null;
  const canFollow =
    ways.length > 0 && !isEditLost(forward) && !isOnItsMachine && !forward.byBrowser;

  function follow(way: Way) {
    if (!redirect || isRunning) return;
    setRunning(true);
    setFailure(null);
    onFollow(followed(request, forward, redirect, way).input)
      .catch((error: unknown) => setFailure(messageOf(error)))
      .finally(() => setRunning(false));
  }

  return (
    <Notice className="mx-4 my-2">
      <div className="flex flex-col items-start gap-1.5">
        <p>
          Redirects are not followed. Location:{" "}
          <WireText text={redirect.location} className="wrap-anywhere" />
          {to !== null && to !== redirect.location && (
            <>
              , which is <WireText text={to} className="wrap-anywhere" />
            </>
          )}
        </p>
        {to === null && (
          <p className="text-xs text-muted">Only http and https URLs can be followed.</p>
        )}
        {isOnItsMachine && (
          <p className="text-xs text-muted">
            <WireText text={forward.listener ?? ""} /> was sent there: name this URL where it
            listens, with <code className="wire">--to</code>.
          </p>
        )}
        {to !== null && !isOnItsMachine && (
          <>
            <div className="flex flex-wrap gap-2">
              {canFollow &&
                ways.map((way) => (
                  <Button
                    key={way.method}
                    size="sm"
                    disabled={isRunning}
                    onClick={() => follow(way)}
                  >
                    {wayWords(way)}
                  </Button>
                ))}
              <Button size="sm" variant="quiet" onClick={() => onUseTarget(to)}>
                Use as target
              </Button>
            </div>
            <p className="text-xs text-muted">{explain(props, redirect, canFollow)}</p>
          </>
        )}
        {failure && <p className="text-xs text-bad">{failure}</p>}
      </div>
    </Notice>
  );
}

/** What a person edits is not kept. A destination changes headers only, and says so below. */
const isEditLost = ({ edited, destinationId }: Forward) => edited && destinationId === null;

const wayWords = ({ method, keepsBody }: Way): string =>
  `Follow: ${method} ${keepsBody ? "as it came" : "without body"}`;

/** What a click would do beyond what its button says. */
function explain(
  { attempt, forward, request }: RedirectNoticeProps,
  redirect: Redirect,
  canFollow: boolean,
): string {
  if (forward.byBrowser) return "A browser sent it, to the machine that it runs on.";
  if (isEditLost(forward))
    return "It was edited, and edits are not kept: use it as target, and edit.";
  const [way] = redirect.ways;
  if (!canFollow || !way) return `A ${attempt.status} leaves open which place is meant.`;
  const { input, leftOut } = followed(request, forward, redirect, way);
  const sentences = [
    redirect.ways.length > 1 &&
      `Most clients follow a ${attempt.status} to POST with GET, and drop the body.`,
    redirect.isElsewhere &&
      (leftOut.length > 0
        ? `Another origin: ${leftOut.join(", ")} ${leftOut.length === 1 ? "is" : "are"} left out.`
        : "It leads to another origin."),
    forward.resigned &&
      way.keepsBody &&
      (input.resign
        ? "Signed again for it."
        : "Not signed again: the other origin would get the secret."),
    forward.destinationId !== null && "Headers that its destination adds or removes do not count.",
  ];
  return sentences.filter(Boolean).join(" ") || "Sent once, as by the button above.";
}
