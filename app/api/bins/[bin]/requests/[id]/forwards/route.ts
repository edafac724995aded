import { EDITED_BODY_BYTES_MAX } from "#lib/contract/attempt-limits.ts";
import { forwardCreateSchema } from "#lib/contract/forwards.ts";
import { binOperation, resource } from "#lib/route.ts";
import { pageQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

/** An edited body in base64, with room for its headers. */
const FORWARD_JSON_BYTES_MAX = (EDITED_BODY_BYTES_MAX * 5) / 3;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: pageQuery,
    run: ({ binId, id, query }) => runtime().forwarder.list(binId, id, query),
  }),
  POST: binOperation({
    body: forwardCreateSchema,
    bodyBytesMax: FORWARD_JSON_BYTES_MAX,
    status: 201,
    run: ({ binId, id, body }) => runtime().forwarder.forward(binId, id, body),
  }),
});
