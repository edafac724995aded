import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";

type Event = { id: string; type: string; data: { object: { id: string } } };
type Answer = [status: number, body: object];

/** Answers webhooks well and badly: `/doubles`, `/ordered`, `/trusting`, and `/right`, which does all of it well. */
export async function startHandlers(secret: string) {
  const { webhooks } = new Stripe("sk_test_unused");
  const known = new Set<string>();
  let orders = 0;
  let rightOrders = 0;
  const handled = new Map<string, number>();

  const handlers: Record<string, (event: Event) => Answer> = {
    "/doubles": ({ id }) => {
      orders += 1;
      return [200, { received: id, order: { id: orders }, at: new Date().toISOString() }];
    },
    "/ordered": ({ type, data }) => {
      const { id } = data.object;
      if (type.endsWith(".created")) known.add(id);
      return known.has(id) ? [200, { ok: true }] : [404, { error: `no ${id}` }];
    },
    "/trusting": ({ id }) => [200, { received: id }],
    "/right": ({ id }) => {
      if (!handled.has(id)) {
        rightOrders += 1;
        handled.set(id, rightOrders);
      }
      return [200, { received: id, order: { id: handled.get(id) } }];
    },
  };

  function answerTo(path: string, body: Buffer, signature: string): Answer {
    try {
      const event =
        path === "/right"
          ? (webhooks.constructEvent(body, signature, secret) as unknown as Event)
          : (JSON.parse(body.toString()) as Event);
      return handlers[path]?.(event) ?? [404, {}];
    } catch (error) {
      return [400, { error: (error as Error).message }];
    }
  }

  const server = http.createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const signature = String(request.headers["stripe-signature"] ?? "");
      const [status, body] = answerTo(request.url ?? "", Buffer.concat(pieces), signature);
      response.setHeader("X-Request-Id", crypto.randomUUID());
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}
