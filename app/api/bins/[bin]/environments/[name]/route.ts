import { environmentPutSchema } from "#lib/contract/scenarios.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PUT: binOperation({
    body: environmentPutSchema,
    run: ({ binId, name, body }) => runtime().manage.environments.put(binId, name, body),
  }),
  DELETE: binOperation({
    run: ({ binId, name }) => runtime().manage.environments.remove(binId, name),
  }),
});
