import { binOperation, resource } from "#lib/route.ts";
import { importQuery } from "#lib/route/read-query.ts";
import { readUpload } from "#lib/route/read-upload.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: binOperation({
    query: importQuery,
    run: ({ binId, query, context, request }) => {
      const { remoteAddress } = context;
      return runtime().manage.imports.read(binId, {
        file: readUpload(request),
        remoteAddress,
        ...query,
      });
    },
  }),
});
