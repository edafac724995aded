import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    run: async ({ binId }) => ({ items: await runtime().manage.environments.list(binId) }),
  }),
});
