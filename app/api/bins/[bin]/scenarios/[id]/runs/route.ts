import { runCreateSchema } from "#lib/contract/scenarios.ts";
import { binOperation, resource } from "#lib/route.ts";
import { jsonLinesResponse } from "#lib/route/respond.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: binOperation({
    body: runCreateSchema,
    run: async ({ binId, id, body, request }) =>
      jsonLinesResponse(
        await runtime().manage.scenarios.run(binId, id, body.environment, request.signal),
      ),
  }),
});
