/**
 * How the list goes with what comes in. Following: the newest is always the one that is open. Paused: nothing newer than
 * `pausedAt` is shown.
 */
export type Flow = { isFollowing: boolean; pausedAt: number | null };

export type FlowEvent =
  | { type: "follow"; isOn: boolean }
  /** `at`: the newest seq that is shown. */
  | { type: "pause"; at: number }
  | { type: "resume" }
  /** A person opened a request, or closed it. */
  | { type: "chosen"; isNewest: boolean };

export const flowing: Flow = { isFollowing: false, pausedAt: null };

export function reduceFlow(flow: Flow, event: FlowEvent): Flow {
  switch (event.type) {
    case "follow":
      // Who follows wants to see what comes: that ends a pause.
      return { isFollowing: event.isOn, pausedAt: event.isOn ? null : flow.pausedAt };
    case "pause":
      return { isFollowing: false, pausedAt: event.at };
    case "resume":
      return { ...flow, pausedAt: null };
    case "chosen":
      return event.isNewest || !flow.isFollowing ? flow : { ...flow, isFollowing: false };
  }
}
