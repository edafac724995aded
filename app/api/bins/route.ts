import { binCreateSchema } from "#lib/contract/bins.ts";
import { hashSecret } from "#lib/ids.ts";
import { openOperation, resource } from "#lib/route.ts";
import { binsQuery } from "#lib/route/read-query.ts";
import { runtime } from "#lib/runtime.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: openOperation({
    query: binsQuery,
    run: async ({ query, browser }) => {
      if (!browser.token) return { items: [], next: null };
      const { sessions } = runtime().manage;
      const session = hashSecret(browser.token);
      if (await sessions.slide(session)) browser.setSession(browser.token);
      return sessions.bins(session, query);
    },
  }),
  POST: openOperation({
    body: binCreateSchema,
    status: 201,
    // Only our own page makes the browser remember: a script that mints has no use for a cookie.
    run: async ({ body, context, browser }) => {
      const { manage } = runtime();
      const token = browser.isOwn ? await manage.sessions.tokenFor(browser.token) : null;
      const bin = await manage.bins.mint(body, {
        remoteAddress: context.remoteAddress,
        session: token === null ? null : hashSecret(token),
      });
      if (token) browser.setSession(token);
      return bin;
    },
  }),
});
