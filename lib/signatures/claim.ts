import type { Proof } from "../providers/scheme.ts";
import type { Received } from "./received.ts";
import type { Part } from "./template.ts";

/** That one of these signatures belongs to one of these messages. A request must make good all of its claims. */
export type Claim = {
  proof: Proof;
  messages: readonly (readonly Part[])[];
  /** What the messages need and the request does not have. */
  absent: readonly string[];
  received: readonly Received[];
};
