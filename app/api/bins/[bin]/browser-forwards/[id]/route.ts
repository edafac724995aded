import { browserReportSchema } from "#lib/contract/browser-forwards.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: binOperation({
    body: browserReportSchema,
    run: ({ binId, id, body }) => runtime().browserForwarder.report(binId, id, body),
  }),
});
