import { openOperation, resource } from "#lib/route.ts";
import { jsonResponse } from "#lib/route/respond.ts";
import { runtime } from "#lib/runtime.ts";

/** 503 when captures can't be taken: for load balancers and monitors. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: openOperation({
    run: async () => {
      const health = await runtime().health();
      return jsonResponse(health, health.status === "ok" ? 200 : 503);
    },
  }),
});
