import { replaySchema } from "#lib/contract/destinations.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: binOperation({
    body: replaySchema,
    run: ({ binId, id, body }) => runtime().manage.destinations.replay(binId, id, body),
  }),
});
