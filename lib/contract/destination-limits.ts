/** Of one bin: each request may go to every one of them. */
export const DESTINATIONS_MAX = 20;
export const DESTINATION_HEADERS_MAX = 50;

/** What a destination does that nobody told otherwise. */
export const DESTINATION_DEFAULTS = {
  retry: {
    maxAttempts: 12,
    maxAgeSeconds: 3 * 24 * 60 * 60,
    success: ["2xx"],
    firstDelaySeconds: 5,
    maxDelaySeconds: 60 * 60,
  },
  breaker: { failures: 5, probeSeconds: 30 },
} as const;

/** Why a forward of a destination is dead; its last attempt says more, where there was one. */
export const deadReasons = [
  /** It was tried as often as it may be. */
  "attempts",
  /** It has waited as long as it may. */
  "age",
  /** What is stored is not all that was sent. */
  "body_incomplete",
  /** The target is in a network that this server does not forward into. */
  "private_target",
  /** This destination had sent it on already, or it was forwarded too often before: it goes in a circle. */
  "in_circle",
  /** It could not be signed again: the bin has no secret for it, or none that signs. */
  "unsigned",
  /** The values of the headers that are added can't be opened: SECRET_KEY is not the one that sealed them. */
  "headers_lost",
  /** The listener that it was to go through was gone, and the resend stopped there. */
  "no_listener",
  /** The server ended while it was sent, and it may be sent only once: it may have arrived. */
  "interrupted",
  /** It was stopped before the next attempt. */
  "stopped",
  /** Its destination was deleted before it arrived. */
  "destination_deleted",
] as const;
export type DeadReason = (typeof deadReasons)[number];
