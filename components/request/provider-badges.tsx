import type { ReactNode } from "react";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { ordinal } from "#components/ui/ordinal.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

type Status = RequestSummary["signature"]["status"];

/** Around the word "signature", which is only heard where room is short. */
const signatures: Record<Status, { tone: Tone; mark: string; words: string }> = {
  verified: { tone: "good", mark: "✓ ", words: "verified" },
  failed: { tone: "bad", mark: "✕ ", words: "failed" },
  unchecked: { tone: "neutral", mark: "", words: "not checked" },
};

type SignatureBadgeProps = { summary: RequestSummary; onSignature: () => void };

/** What is known of its signature; nothing for a sender that does not sign. */
export function SignatureBadge({ summary: { signature }, onSignature }: SignatureBadgeProps) {
  if (signature.scheme === null) return null;
  const { tone, mark, words } = signatures[signature.status];
  return (
    <BadgeButton tone={tone} onClick={onSignature}>
      {mark}
      <span className="max-md:sr-only">signature </span>
      {words}
    </BadgeButton>
  );
}

type DeliveryBadgeProps = { summary: RequestSummary; onDeliveries: () => void };

/** Which try it is by the sender's own number, else which delivery of how many; nothing for the only one. */
export function DeliveryBadge({ summary: { provider, thread }, onDeliveries }: DeliveryBadgeProps) {
  const isSeveral = thread?.by === "event" && thread.count > 1;
  const attempt = provider?.attempt ?? 1;
  if (!isSeveral && attempt <= 1) return null;
  const isFurther = attempt > 1 || (thread?.place ?? 1) > 1;
  return (
    <BadgeButton tone={isFurther ? "warn" : "neutral"} onClick={onDeliveries}>
      {isSeveral ? (
        <>
          {ordinal(thread.place)} of {thread.count}
          <span className="max-md:sr-only"> deliveries</span>
        </>
      ) : (
        `${ordinal(attempt)} try`
      )}
    </BadgeButton>
  );
}

type BadgeButtonProps = { tone: Tone; onClick: () => void; children: ReactNode };

function BadgeButton({ tone, onClick, children }: BadgeButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="touch-around shrink-0 cursor-pointer rounded-sm hover:underline"
    >
      <Badge tone={tone}>{children}</Badge>
    </button>
  );
}
