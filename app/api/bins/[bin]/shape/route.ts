import type { ShapeSource } from "#lib/contract/shapes.ts";
import { binOperation, resource } from "#lib/route.ts";
import { shapeQuery } from "#lib/route/read-query.ts";
import { downloadResponse } from "#lib/route/respond.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: binOperation({
    query: shapeQuery,
    run: async ({ binId, query, context }) => {
      const { provider, event = null, q = "", format } = query;
      const source: ShapeSource = provider === undefined ? { q } : { provider, event };
      const { shapes } = runtime().manage;
      if (format === "json") return shapes.view(binId, source);
      const { text, fileName } = await shapes.written(binId, source, format);
      return downloadResponse({ bytes: Buffer.from(text), fileName }, context);
    },
  }),
});
