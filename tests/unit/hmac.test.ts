import { createHmac } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

const signed = (hash: string, key: Uint8Array, message: Uint8Array) =>
  new Uint8Array(createHmac(hash, key).update(message).digest());

test.each(["node", "a browser"])(
  "an HMAC in %s is the same, however long the message",
  async (at) => {
    const here = vi.spyOn(process, "getBuiltinModule");
    if (at === "a browser") here.mockReturnValue(undefined);
    vi.resetModules();
    const { hmac } = await import("#lib/signatures/hmac.ts");
    const key = Uint8Array.from([0, 255, 1]);
    for (const length of [0, 1, 65_536, 65_537]) {
      const message = new Uint8Array(length).fill(200);
      for (const hash of ["SHA-1", "SHA-256", "SHA-512"]) {
        expect(await hmac(hash, key, message)).toEqual(signed(hash.replace("-", ""), key, message));
      }
    }
  },
);
