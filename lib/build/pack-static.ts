import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { ROOT } from "./stamp.ts";

/** Puts a copy in brotli beside each script and style sheet of the build; `lib/http/packed-files.ts` sends them. */
export function packStatic(): void {
  for (const file of globSync(".next/static/**/*.{js,css}", { cwd: ROOT })) {
    const bytes = readFileSync(path.join(ROOT, file));
    const packed = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    writeFileSync(path.join(ROOT, `${file}.br`), packed);
  }
}
