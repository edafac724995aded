import { EDITED_BODY_BYTES_MAX } from "#lib/contract/attempt-limits.ts";
import { browserForwardCreateSchema } from "#lib/contract/browser-forwards.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

/** An edited body in base64, with room for its headers. */
const FORWARD_JSON_BYTES_MAX = (EDITED_BODY_BYTES_MAX * 5) / 3;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: binOperation({
    body: browserForwardCreateSchema,
    bodyBytesMax: FORWARD_JSON_BYTES_MAX,
    status: 201,
    run: ({ binId, id, body, context, request }) =>
      runtime().browserForwarder.begin(binId, id, body, {
        origin: request.headers.get("origin") ?? context.origin,
        userAgent: request.headers.get("user-agent") ?? "",
      }),
  }),
});
