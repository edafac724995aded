import { ApiError } from "#lib/contract/client.ts";
import { type ProblemCode, problemTitles, problems } from "#lib/errors.ts";

/** Why a socket ended for good, as the error that a call of the API would have brought. */
export function endProblem(code: string, status: number): ApiError {
  const known = isProblemCode(code) ? code : "forbidden";
  return new ApiError({ code: known, status, message: `${problemTitles[known]}.` });
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}
