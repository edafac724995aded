import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  DELETE: binOperation({ run: ({ binId, id }) => runtime().manage.shares.revoke(binId, id) }),
});
