import type { Knocking } from "./door.ts";

/** The part of ws' receiver that each frame's length is compared with. */
type Receiver = { _maxPayload: number };

/**
 * Lets one socket send messages of up to so many bytes. socket.io has one limit for all, and a high one would let anybody
 * without a key make the server hold as much for each of thousands of connections. ws offers no other way; the tests of
 * the relay notice when it is gone.
 */
export function allowMessages({ conn }: Knocking, bytes: number): void {
  const { socket } = conn.transport as unknown as { socket?: { _receiver?: Receiver } };
  const receiver = socket?._receiver;
  if (receiver) receiver._maxPayload = bytes;
}
