import { Notice } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeadReason } from "#lib/contract/destination-limits.ts";
import type { Forward } from "#lib/contract/forwards.ts";

const REASONS: Record<DeadReason, string> = {
  attempts: "it was tried as often as its destination allows",
  age: "it has waited as long as its destination allows",
  body_incomplete: "it was not captured whole, and would arrive as another request",
  private_target: "this server does not forward to that address",
  in_circle: "it came back after it was sent on: it goes in a circle",
  unsigned: "it can’t be signed again: the bin has no secret that fits",
  headers_lost:
    "the headers that its destination adds can’t be opened any more: write their values again",
  no_listener: "the machine that it was to go through was gone for too long",
  interrupted:
    "the server ended while it was sent, and it was to be sent once: it may have arrived",
  stopped: "it was stopped before the next attempt",
  destination_deleted: "its destination was deleted",
};

/** What becomes of a forward that a destination sends by itself, when it has not arrived. */
export function ForwardStanding({ forward }: { forward: Forward }) {
  const { state, deadReason, nextAttemptAt } = forward;
  if (state === "dead" && deadReason) {
    return <Notice className="mx-4 my-2">Given up: {REASONS[deadReason]}.</Notice>;
  }
  if (state !== "failed" || nextAttemptAt === null) return null;
  return (
    <Notice className="mx-4 my-2">
      It is tried again by itself, the next time <Time at={nextAttemptAt} />.
    </Notice>
  );
}
