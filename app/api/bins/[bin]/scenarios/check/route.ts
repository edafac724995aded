import { scenarioSourceSchema } from "#lib/contract/scenarios.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

/** What a scenario's source says, for who runs it elsewhere. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: binOperation({
    body: scenarioSourceSchema,
    run: async ({ body }) => runtime().manage.scenarios.check(body.source),
  }),
});
