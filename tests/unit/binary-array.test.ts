import { expect, test } from "vitest";
import { bool, bytea, encodeArray, int4, int8, text, uuid } from "#lib/store/binary-array.ts";

/** Reads the wire format back, as array_recv does. */
function decode(buffer: Buffer): { oid: number; elements: (Buffer | null)[] } {
  expect(buffer.readInt32BE(0)).toBe(1);
  const elements: (Buffer | null)[] = [];
  let at = 20;
  for (let i = 0; i < buffer.readInt32BE(12); i++) {
    const length = buffer.readInt32BE(at);
    at += 4;
    elements.push(length < 0 ? null : buffer.subarray(at, at + Math.max(0, length)));
    at += Math.max(0, length);
  }
  expect(at).toBe(buffer.byteLength);
  return { oid: buffer.readInt32BE(8), elements };
}

test("bytes, text beyond ASCII and nulls keep their place and value", () => {
  const bytes = Buffer.from([0, 255, 10, 92]);
  expect(decode(encodeArray(bytea, [bytes, null, Buffer.alloc(0)]))).toEqual({
    oid: 17,
    elements: [bytes, null, Buffer.alloc(0)],
  });
  expect(decode(encodeArray(text, ["é😀", ""])).elements.map(String)).toEqual(["é😀", ""]);
});

test("whole numbers beyond 32 bits are written in two halves", () => {
  const values = [0, 1, 2 ** 32, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER];
  const { elements } = decode(encodeArray(int8, values));
  expect(elements.map((element) => Number(element?.readBigInt64BE()))).toEqual(values);
});

test("the rest of the types", () => {
  const id = "01a1fd3d-08ed-73d2-85f3-d5193df7b78a";
  expect(decode(encodeArray(uuid, [id])).elements[0]?.toString("hex")).toBe(id.replaceAll("-", ""));
  expect(decode(encodeArray(bool, [true, false])).elements.map((element) => element?.[0])).toEqual([
    1, 0,
  ]);
  expect(decode(encodeArray(int4, [-5])).elements[0]?.readInt32BE()).toBe(-5);
  expect(decode(encodeArray(int4, [])).elements).toEqual([]);
});
