import { exportMarkedSchema } from "#lib/contract/annotations.ts";
import { binOperation, resource } from "#lib/route.ts";
import { exportQuery } from "#lib/route/read-query.ts";
import { streamResponse } from "#lib/route/respond.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: exportQuery,
    run: async ({ binId, query }) =>
      streamResponse(await runtime().manage.exports.start(binId, query)),
  }),
  POST: binOperation({
    body: exportMarkedSchema,
    run: async ({ binId, body }) =>
      streamResponse(await runtime().manage.exports.start(binId, body)),
  }),
});
