import { resource, shareOperation } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: shareOperation({ run: ({ grant, id }) => runtime().manage.shared.get(grant, id) }),
});
