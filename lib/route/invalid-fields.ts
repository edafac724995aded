import type { z } from "zod";
import { type FieldError, HooklensError } from "../errors.ts";

const ERRORS_MAX = 100;

type Issue = z.core.$ZodIssue;

/** RFC 6901. */
const pointer = (path: readonly PropertyKey[]) =>
  path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

function toFieldErrors(issue: Issue): FieldError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: pointer([...issue.path, key]),
      detail: "Unknown field",
    }));
  }
  return [{ pointer: pointer(issue.path), detail: issue.message }];
}

/** A body that does not fit its schema, each mistake with its place. */
export function invalidFields(issues: readonly Issue[]): HooklensError {
  const errors = issues.flatMap(toFieldErrors).slice(0, ERRORS_MAX);
  const places = errors.map((error) => error.pointer || "the body").slice(0, 5);
  return new HooklensError("invalid_fields", `See "errors": ${places.join(", ")}.`, { errors });
}

/** Query parameters that do not fit their schema; here a pointer is `?name`. */
export function invalidQuery(issues: readonly Issue[]): HooklensError {
  const errors = issues.flatMap(toFieldErrors).map((error) => ({
    pointer: `?${error.pointer.slice(1)}`,
    detail: error.detail === "Unknown field" ? "Unknown parameter" : error.detail,
  }));
  const first = errors[0];
  return new HooklensError("invalid_query", `${first?.pointer}: ${first?.detail}.`, {
    errors: errors.slice(0, ERRORS_MAX),
  });
}
