/** Prisma takes bytea as a Uint8Array over an ArrayBuffer of its own; a Buffer may lie in a shared pool. */
export function bytes(buffer: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}

/** bytea as Prisma gives it, seen as a Buffer without a copy. */
export function toBuffer(array: Uint8Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
