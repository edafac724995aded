import { describe, expect, test } from "vitest";
import { readConfig } from "#lib/config.ts";
import { Sealer } from "#lib/secrets/sealer.ts";
import { sealingKey } from "#lib/secrets/sealing-key.ts";

const oldKey = sealingKey("the first key of this test");
const newKey = sealingKey("a second key of this test");
const place = { binId: "b".repeat(20), rowId: "0199b2f4-0000-7000-8000-000000000001" };

describe("a sealed value", () => {
  const sealer = new Sealer(oldKey);
  const sealed = sealer.seal("whsec_ünï", place);

  test("opens with its key, in its row", () => {
    expect(sealer.open(sealed, place)).toBe("whsec_ünï");
    expect(sealed.bytes.includes("whsec")).toBe(false);
  });

  test("is another one each time, of the same text too", () => {
    expect(sealer.seal("whsec_ünï", place).bytes).not.toEqual(sealed.bytes);
  });

  test("does not open with another key", () => {
    expect(new Sealer(newKey).open(sealed, place)).toBeNull();
    const renamed = { keyId: newKey.id, bytes: sealed.bytes };
    expect(new Sealer(newKey).open(renamed, place)).toBeNull();
  });

  test("does not open in another row, nor in another bin", () => {
    expect(sealer.open(sealed, { ...place, rowId: `${place.rowId}x` })).toBeNull();
    expect(sealer.open(sealed, { ...place, binId: "c".repeat(20) })).toBeNull();
  });

  test("does not open with any of its bytes changed, nor cut", () => {
    for (let at = 0; at < sealed.bytes.byteLength; at++) {
      const bytes = Buffer.from(sealed.bytes);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(sealer.open({ ...sealed, bytes }, place), `byte ${at}`).toBeNull();
    }
    for (const length of [0, 27, 28, sealed.bytes.byteLength - 1]) {
      expect(sealer.open({ ...sealed, bytes: sealed.bytes.subarray(0, length) }, place)).toBeNull();
    }
  });

  test("opens with a list that holds its key, which seals with the first", () => {
    const rotated = new Sealer(newKey, [oldKey]);
    expect(rotated.open(sealed, place)).toBe("whsec_ünï");
    expect(rotated.seal("x", place).keyId).toBe(newKey.id);
  });
});

test("the check word tells the right key from another", () => {
  const check = new Sealer(oldKey).check();
  expect(new Sealer(newKey, [oldKey]).opensCheck(check)).toBe(true);
  expect(new Sealer(newKey).opensCheck(check)).toBe(false);
});

test("an entry gives the same key on every machine", () => {
  expect(oldKey.id).toBe("f3a97c9d59cb6b67");
  expect(oldKey.bytes).toHaveLength(32);
});

describe("SECRET_KEY", () => {
  const read = (SECRET_KEY: string) => readConfig({ SECRET_KEY, NODE_ENV: "test" }).secretKeys;

  test("is a list", () => {
    const [first, second] = ["k".repeat(16), "l".repeat(20)];
    expect(read(`${first}, ${second}\n`)).toEqual([first, second]);
    expect(readConfig({ NODE_ENV: "test" }).secretKeys).toEqual([]);
  });

  test("with an entry that is too short ends the start, and is not printed", () => {
    expect(() => read(`${"k".repeat(16)},tooshort`)).toThrow(
      /^SECRET_KEY is not valid: each key has at least 16 characters/,
    );
  });
});
