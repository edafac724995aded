import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: ({ binId, id }) => runtime().manage.resends.get(binId, id) }),
  DELETE: binOperation({ run: ({ binId, id }) => runtime().manage.resends.remove(binId, id) }),
});
