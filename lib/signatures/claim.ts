import type { Proof, SignatureForm } from "../providers/scheme.ts";
import type { Received } from "./received.ts";
import type { Part } from "./template.ts";

type Encoding = SignatureForm["encoding"];

/** That one of these signatures belongs to one of these messages. A request must make good all of its claims. */
export type Claim = {
  proof: Proof;
  messages: readonly (readonly Part[])[];
  /** What the messages need and the request does not have. */
  absent: readonly string[];
  received: readonly Received[];
  /** How these signatures are written, where not as the scheme's own. */
  encoding?: Encoding;
  /** What stands before the signature when it is written, where the secret tells. */
  prefix?: string;
};
