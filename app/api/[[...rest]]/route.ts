import { HooklensError } from "#lib/errors.ts";
import { everyMethod } from "#lib/route.ts";

/** Every path of the API that no other file serves. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = everyMethod(async () => {
  throw new HooklensError("not_found", "The API has no such path.");
});
