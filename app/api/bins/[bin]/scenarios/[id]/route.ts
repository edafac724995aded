import { scenarioSourceSchema } from "#lib/contract/scenarios.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: ({ binId, id }) => runtime().manage.scenarios.get(binId, id) }),
  PATCH: binOperation({
    body: scenarioSourceSchema,
    run: ({ binId, id, body }) => runtime().manage.scenarios.change(binId, id, body.source),
  }),
  DELETE: binOperation({ run: ({ binId, id }) => runtime().manage.scenarios.remove(binId, id) }),
});
