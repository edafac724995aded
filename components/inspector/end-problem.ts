import { ApiError } from "#lib/contract/calls.ts";
import type { ProblemCode } from "#lib/errors.ts";
import type { Refusal } from "./live-socket.ts";

/** For what a socket is refused for good. The whole catalogue would weigh more than the socket's own part of the page. */
const codes = [
  "bin_gone",
  "bin_not_found",
  "cross_site",
  "forbidden",
  "invalid_fields",
  "malformed_request",
  "not_found",
  "share_gone",
  "share_not_found",
  "unauthenticated",
] as const satisfies readonly ProblemCode[];

/** Why a socket ended for good, as the error that a call of the API would have brought. */
export function endProblem({ code, status, message }: Refusal): ApiError {
  const known = codes.find((each) => each === code) ?? "forbidden";
  return new ApiError({ code: known, status, message });
}
