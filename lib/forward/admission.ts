import type { Config } from "../config.ts";
import type { ForwardCreate } from "../contract/forwards.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { HooklensError, wrongField, wrongFields } from "../errors.ts";
import { goesInCircle, HOPS_MAX } from "./circle.ts";
import { editErrors } from "./edit.ts";
import { judgeAddress } from "./guard.ts";
import { incompleteReason } from "./incomplete.ts";
import { loopbackAddresses } from "./localhost.ts";
import { parseTarget, type Target } from "./target.ts";

/** `target` is null for a listener's: it knows its own. */
export type Admitted = { target: Target | null; append: boolean };

/**
 * Whether this request can be forwarded as asked, decided before anything is stored or sent.
 * @throws HooklensError body_incomplete, invalid_fields
 */
export function admit(request: CapturedRequest, input: ForwardCreate): Admitted {
  const incomplete = incompleteReason(request);
  if (incomplete !== null) throw new HooklensError("body_incomplete", incomplete);
  const [first, ...more] = editErrors(input.edit ?? {});
  if (first) throw wrongFields([first, ...more]);
  if (goesInCircle(request.headers)) {
    throw wrongField(
      "/to",
      `This request was forwarded ${HOPS_MAX} times already: it goes in a circle`,
    );
  }
  if (input.to === "listener") return { target: null, append: appends(input, true) };
  if (input.name !== undefined) throw wrongField("/name", "Only a listener has one");
  return { target: parseTarget(input.to), append: appends(input, false) };
}

/** An edited target has a meaning only where it is appended, so it asks for that by itself. */
function appends({ append, edit }: ForwardCreate, unasked: boolean): boolean {
  if (append === false && edit?.target !== undefined) {
    throw wrongField(
      "/edit/target",
      "With `append: false` the URL is all that is sent: write it there",
    );
  }
  return append ?? (unasked || edit?.target !== undefined);
}

/** The person's own machine, where the server may reach it: nobody else is hurt by how often. */
export function isOwnMachine({ host }: Target, { allowedRanges }: Config["forward"]): boolean {
  const addresses = loopbackAddresses(host);
  return addresses?.every(({ address }) => judgeAddress(address, allowedRanges).allowed) ?? false;
}
