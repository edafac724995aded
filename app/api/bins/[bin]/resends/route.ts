import { resendCreateSchema } from "#lib/contract/resends.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: ({ binId }) => runtime().manage.resends.list(binId) }),
  POST: binOperation({
    body: resendCreateSchema,
    status: 201,
    run: ({ binId, body }) => runtime().manage.resends.add(binId, body),
  }),
});
