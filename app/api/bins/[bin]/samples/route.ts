import { sampleCreateSchema } from "#lib/contract/samples.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({ run: async () => runtime().manage.samples.list() }),
  POST: binOperation({
    body: sampleCreateSchema,
    status: 201,
    run: ({ binId, body }) => runtime().manage.samples.send(binId, body),
  }),
});
