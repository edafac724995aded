import { experimentCreateSchema } from "#lib/contract/experiments.ts";
import { binOperation, resource } from "#lib/route.ts";
import { jsonLinesResponse } from "#lib/route/respond.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: binOperation({
    body: experimentCreateSchema,
    run: async ({ binId, id, body, request }) =>
      jsonLinesResponse(await runtime().manage.experiments.run(binId, id, body, request.signal)),
  }),
});
