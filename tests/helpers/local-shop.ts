import http from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { corsHeaders } from "#components/browser/cors-snippets.ts";

const { webhooks } = new Stripe("sk_test_unused");

export const SHOP_SECRET = "whsec_0123456789abcdef0123456789abcdef";

/** As Stripe would sign it now, or a while ago. */
export const signAsStripe = (payload: string, agoSeconds = 0): string =>
  webhooks.generateTestHeaderString({
    payload,
    secret: SHOP_SECRET,
    timestamp: Math.floor(Date.now() / 1_000) - agoSeconds,
  });

export type LocalShop = Awaited<ReturnType<typeof startLocalShop>>;

/**
 * An application on a developer's machine, as Stripe's documentation writes it. `/open/...` gives pages of `letIn` leave,
 * by the headers that we tell people to add; every other path knows nothing of CORS.
 */
export async function startLocalShop(letIn: string) {
  const seen: string[] = [];
  const server = http.createServer((request, response) => {
    const { method = "", url = "" } = request;
    seen.push(`${method} ${url}`);
    if (url.startsWith("/open")) {
      for (const [name, value] of corsHeaders(letIn)) response.setHeader(name, value);
    }
    if (method === "OPTIONS") return void response.writeHead(204).end();
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => answer(request, Buffer.concat(pieces), response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    /** Every request that came, in its order; begins anew. */
    taken: () => seen.splice(0),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function answer(
  { url = "", headers }: http.IncomingMessage,
  body: Buffer,
  to: http.ServerResponse,
) {
  if (url.startsWith("/open/moved")) {
    return void to.writeHead(307, { Location: "/open/webhooks" }).end();
  }
  if (url.startsWith("/open/silent")) return;
  if (url.startsWith("/open/cut")) {
    to.writeHead(200, { "Content-Length": "100" });
    return void to.write("half", () => to.destroy());
  }
  try {
    const event = webhooks.constructEvent(body, headers["stripe-signature"] ?? "", SHOP_SECRET);
    to.writeHead(200, { "Content-Type": "application/json", "X-Shop": "real" });
    to.end(JSON.stringify({ received: event.id }));
  } catch (error) {
    to.writeHead(400).end(`Webhook Error: ${(error as Error).message}`);
  }
}
