import { binOperation, resource } from "#lib/route.ts";
import { noFields } from "#lib/route/read-json.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: binOperation({
    body: noFields,
    run: ({ binId, id }) => runtime().manage.resends.stop(binId, id),
  }),
});
