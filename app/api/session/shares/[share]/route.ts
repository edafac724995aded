import { hashSecret } from "#lib/ids.ts";
import { resource, shareOperation } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

/** What this browser has opened by its link. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PUT: shareOperation({
    accepts: "key",
    run: async ({ grant, browser }) => {
      const { sessions, shared } = runtime().manage;
      const token = await sessions.tokenFor(browser.token);
      await shared.remember(grant, hashSecret(token));
      browser.setSession(token);
    },
  }),
});
