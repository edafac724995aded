import { hashSecret } from "#lib/ids.ts";
import { binOperation, resource } from "#lib/route.ts";
import { runtime } from "#lib/runtime.ts";

/** What this browser remembers. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  PUT: binOperation({
    accepts: "key",
    run: async ({ grant, browser }) => {
      const { sessions } = runtime().manage;
      const token = await sessions.tokenFor(browser.token);
      await sessions.remember(hashSecret(token), grant.binId, grant.keyId);
      browser.setSession(token);
    },
  }),
  DELETE: binOperation({
    accepts: "cookie",
    run: async ({ binId, browser }) => {
      if (browser.token) await runtime().manage.sessions.forget(hashSecret(browser.token), binId);
    },
  }),
});
