/**
 * One-dimensional Postgres arrays in the binary wire format (src/backend/utils/adt/arrayfuncs.c, array_recv): one
 * parameter per column for a batch of any length. `pg` would send an array as text, a bytea[] even as hex: twice the
 * bytes and an escape pass on both ends.
 */
export type ElementType<Value> = {
  /** Object id of the element's type in pg_type. */
  oid: number;
  /** The SQL name of the array type, for the cast. */
  sql: string;
  byteLength: (value: Value) => number;
  write: (value: Value, into: Buffer, at: number) => void;
};

const HEAD_BYTES = 20;
const NULL_LENGTH = -1;

/** Encodes `values`; null and undefined become NULL. */
export function encodeArray<Value>(
  type: ElementType<Value>,
  values: readonly (Value | null | undefined)[],
): Buffer {
  const lengths = new Int32Array(values.length);
  let total = HEAD_BYTES;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const length = value == null ? NULL_LENGTH : type.byteLength(value);
    lengths[i] = length;
    total += 4 + Math.max(length, 0);
  }
  const buffer = Buffer.allocUnsafe(total);
  writeHead(buffer, type.oid, values.length);
  let at = HEAD_BYTES;
  for (let i = 0; i < values.length; i++) {
    const length = lengths[i] as number;
    at = buffer.writeInt32BE(length, at);
    const value = values[i];
    if (value == null) continue;
    type.write(value, buffer, at);
    at += length;
  }
  return buffer;
}

function writeHead(buffer: Buffer, oid: number, count: number): void {
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(1, 4); // may hold NULLs
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16); // lower bound
}

export const text: ElementType<string> = {
  oid: 25,
  sql: "text[]",
  byteLength: (value) => Buffer.byteLength(value),
  write: (value, into, at) => void into.write(value, at),
};

export const json: ElementType<string> = { ...text, oid: 114, sql: "json[]" };

export const bytea: ElementType<Uint8Array> = {
  oid: 17,
  sql: "bytea[]",
  byteLength: (value) => value.byteLength,
  write: (value, into, at) => into.set(value, at),
};

/** UUIDs as their 36 characters. */
export const uuid: ElementType<string> = {
  oid: 2950,
  sql: "uuid[]",
  byteLength: () => 16,
  write: (value, into, at) => void into.write(value.replaceAll("-", ""), at, "hex"),
};

export const int2: ElementType<number> = {
  oid: 21,
  sql: "int2[]",
  byteLength: () => 2,
  write: (value, into, at) => void into.writeInt16BE(value, at),
};

export const int4: ElementType<number> = {
  oid: 23,
  sql: "int4[]",
  byteLength: () => 4,
  write: (value, into, at) => void into.writeInt32BE(value, at),
};

/** Whole numbers up to 2^53, written as two halves: no BigInt per value. */
export const int8: ElementType<number> = {
  oid: 20,
  sql: "int8[]",
  byteLength: () => 8,
  write: (value, into, at) => {
    into.writeInt32BE(Math.floor(value / 2 ** 32), at);
    into.writeUInt32BE(value % 2 ** 32, at + 4);
  },
};

export const float4: ElementType<number> = {
  oid: 700,
  sql: "float4[]",
  byteLength: () => 4,
  write: (value, into, at) => void into.writeFloatBE(value, at),
};

export const float8: ElementType<number> = {
  oid: 701,
  sql: "float8[]",
  byteLength: () => 8,
  write: (value, into, at) => void into.writeDoubleBE(value, at),
};

export const bool: ElementType<boolean> = {
  oid: 16,
  sql: "bool[]",
  byteLength: () => 1,
  write: (value, into, at) => void into.writeUInt8(value ? 1 : 0, at),
};
