import { documentCreateSchema } from "#lib/contract/shapes.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: ({ binId }) => runtime().manage.documents.list(binId) }),
  POST: binOperation({
    body: documentCreateSchema,
    status: 201,
    run: ({ binId, body }) => runtime().manage.documents.add(binId, body),
  }),
});
