const BLOCK = 512;

export type TarFile = { path: string; bytes: Buffer; mode: number };

/** Files as a tar archive (POSIX.1-1988 ustar). Without dates: the same files make the same bytes. Paths of up to 100 bytes. */
export function tar(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap(({ path, bytes, mode }) => [
    header(path, bytes.byteLength, mode),
    bytes,
    Buffer.alloc((BLOCK - (bytes.byteLength % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function header(path: string, size: number, mode: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at, "latin1");
  block.write(path, 0, "utf8");
  octal(mode, 100, 8);
  octal(0, 108, 8); // owner
  octal(0, 116, 8); // group
  octal(size, 124, 12);
  octal(0, 136, 12); // time of change
  block.write("        ", 148, "latin1"); // the checksum counts itself as spaces
  block.write("0", 156, "latin1"); // a file
  block.write("ustar\x0000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}
