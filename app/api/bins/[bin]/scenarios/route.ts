import { scenarioSourceSchema } from "#lib/contract/scenarios.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: ({ binId }) => runtime().manage.scenarios.list(binId) }),
  POST: binOperation({
    body: scenarioSourceSchema,
    status: 201,
    run: ({ binId, body }) => runtime().manage.scenarios.add(binId, body.source),
  }),
});
