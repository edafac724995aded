import { resource, shareOperation } from "#lib/route.ts";
import { downloadResponse } from "#lib/route/respond.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: shareOperation({
    run: async ({ grant, id, context }) =>
      downloadResponse(await runtime().manage.shared.raw(grant, id), context),
  }),
});
