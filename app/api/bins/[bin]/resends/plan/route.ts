import { resendCreateSchema } from "#lib/contract/resends.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: binOperation({
    body: resendCreateSchema,
    run: ({ binId, body }) => runtime().manage.resends.plan(binId, body),
  }),
});
