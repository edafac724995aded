"use client";

import { Notice } from "#components/ui/notice.tsx";
import { formatCount } from "#components/ui/format.ts";
import { useNow } from "#components/ui/use-now.ts";
import { standing } from "#components/relay/relay-words.ts";
import type { RelayView } from "#components/relay/relays.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { previewJoin } from "./join-preview.ts";
import { WireText } from "./wire-text.tsx";

type ViaRelayProps = { view: RelayView; request: CapturedRequest; append: boolean };

/** Where the listener takes the request. */
export function ViaRelay({ view, request, append }: ViaRelayProps) {
  return (
    <p className="flex min-h-8 min-w-0 flex-1 flex-wrap items-center gap-x-1.5 rounded-md border border-line bg-sunken px-2.5 py-1">
      <WireText text={view.relay.name} className="font-medium" />
      <span className="text-xs text-muted">takes it to</span>
      <Whither view={view} request={request} append={append} />
    </p>
  );
}

type RelayTroubleProps = {
  view: RelayView;
  /** It was to be sent all the same, and was not. */
  wasTried: boolean;
};

/** What is in the way of it. */
export function RelayTrouble({ view, wasTried }: RelayTroubleProps) {
  const { kind } = view;
  const now = useNow();
  return (
    <>
      {kind === "away" && (
        <Notice tone={wasTried ? "bad" : "warn"}>
          {/* Nothing that ticks: an alert is read out again with each change. */}
          {wasTried
            ? "It is away, so this was not sent."
            : `It has been ${standing(view, now)}, so this can’t be sent now.`}{" "}
          Wake it, or start <code>hooklens listen</code> again on its machine.
        </Notice>
      )}
      {kind === "silent" && (
        <Notice tone="warn">It was {standing(view, now)}. It may be asleep or cut off.</Notice>
      )}
    </>
  );
}

function Whither({ view: { relay }, request, append }: ViaRelayProps) {
  const [only, ...others] = relay.targets;
  if (!only) return <span className="text-xs text-muted">the target that it was started with</span>;
  if (others.length > 0) {
    return (
      <span className="text-xs text-muted">
        the one of its {formatCount(relay.targets.length)} targets that wants it
      </span>
    );
  }
  const preview = previewJoin(only, request.target, append);
  const text = preview.kind === "url" ? `${request.method} ${preview.url}` : only;
  return <WireText text={text} className="min-w-0 wrap-anywhere" />;
}
