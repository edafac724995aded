import { binOperation, resource } from "#lib/route.ts";
import { downloadResponse } from "#lib/route/respond.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    run: async ({ binId, id, context }) =>
      downloadResponse(await runtime().manage.requests.body(binId, id), context),
  }),
});
