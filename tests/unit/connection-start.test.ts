import { connect, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { noteAccepted, takeHeadMs } from "#lib/http/connection-start.ts";
import { createHttpServer, listen } from "#lib/http/listen.ts";
import { hasIpv6 } from "#tests/helpers/raw-target.ts";

test("the first head of a connection is timed from its acceptance, further ones are not", () => {
  const [one, other] = [new Socket(), new Socket()];
  noteAccepted(one, 1_000);
  noteAccepted(other, 1_200);
  expect(takeHeadMs(one, 1_250.5)).toBe(250.5);
  expect(takeHeadMs(one, 1_300)).toBeNull();
  expect(takeHeadMs(other, 1_300)).toBe(100);
});

test("a connection whose acceptance was not seen has no time", () => {
  expect(takeHeadMs(new Socket(), 5)).toBeNull();
});

test.each(hasIpv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"])(
  "on localhost, a connection to %s is seen when it is accepted",
  async (host) => {
    const heads: (number | null)[] = [];
    const server = createHttpServer({
      request: (_, response, { headMs }) => {
        heads.push(headMs);
        response.end();
      },
      upgrade: (_, socket) => void socket.destroy(),
      shouldUpgrade: () => false,
    });
    const listening = await listen(server, "localhost", 0);
    const socket = connect(listening.port, host);
    socket.write("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    await text(socket);
    listening.close();
    expect(heads).toEqual([expect.any(Number), null]);
  },
);
