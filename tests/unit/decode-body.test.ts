import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";
import { describe, expect, test } from "vitest";
import { contentCodings } from "#lib/contract/content-coding.ts";
import { decodeBody } from "#lib/manage/decode-body.ts";

const text = Buffer.from("Größe, again and again. ".repeat(2_000));
const MIB = 1024 * 1024;

describe("the codings of a message", () => {
  test("come from all its lines, in order, without identity", () => {
    const headers: [string, string][] = [
      ["Content-Encoding", "X-GZIP, identity,"],
      ["content-encoding", " BR"],
    ];
    expect(contentCodings(headers)).toEqual(["gzip", "br"]);
  });
});

describe("a decoded body", () => {
  test.each([
    ["gzip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["deflate", deflateRawSync(text)],
    ["br", brotliCompressSync(text)],
    ["zstd", zstdCompressSync(text)],
    ["gzip, br", brotliCompressSync(gzipSync(text))],
    ["zstd, deflate, gzip", gzipSync(deflateSync(zstdCompressSync(text)))],
    ["gzip", Buffer.concat([gzipSync(text.subarray(0, 100)), gzipSync(text.subarray(100))])],
  ])("is what was coded as %s", async (codings, body) => {
    const decoded = await decodeBody(body, codings.split(", "));
    expect(decoded.end).toBe("whole");
    expect(decoded.bytes.equals(text)).toBe(true);
  });

  test("is empty when nothing was coded", async () => {
    expect(await decodeBody(gzipSync(""), ["gzip"])).toEqual({
      bytes: Buffer.alloc(0),
      end: "whole",
    });
  });

  test.each(["gzip", "br", "zstd"])("of a %s bomb is cut at the cap", async (coding) => {
    const zeros = Buffer.alloc(8 * MIB);
    const bombs = {
      gzip: gzipSync(zeros),
      br: brotliCompressSync(zeros),
      zstd: zstdCompressSync(zeros),
    };
    const bomb = bombs[coding as keyof typeof bombs];
    const { bytes, end } = await decodeBody(bomb, [coding], { bytesMax: MIB });
    expect([bytes.length, end]).toEqual([MIB, "cut"]);
  });

  test("of a bomb within a bomb ends in time", async () => {
    const inner = gzipSync(Buffer.alloc(64 * MIB));
    const { end, bytes } = await decodeBody(gzipSync(inner), ["gzip", "gzip"], { msMax: 20 });
    expect(end).toBe("late");
    expect(bytes.length).toBeLessThan(64 * MIB);
  });

  test.each([
    ["gzip", gzipSync(randomText())],
    ["br", brotliCompressSync(randomText())],
    ["zstd", zstdCompressSync(randomText())],
  ])("of %s that ends too early is what came before", async (coding, body) => {
    const { bytes, end } = await decodeBody(body.subarray(0, body.length - 9), [coding]);
    expect(end).toBe("broken");
    expect(randomText().startsWith(bytes.toString())).toBe(true);
  });

  test.each([
    [["gzip"], "The bytes are not gzip."],
    [["br", "zstd"], "The bytes are not br, zstd."],
    [["compress"], "not one of gzip, deflate, br, zstd"],
    [Array(6).fill("gzip"), "6 codings; 5 are undone at most"],
  ])("is refused for bytes that are not %s", async (codings, message) => {
    await expect(decodeBody(text, codings)).rejects.toMatchObject({
      code: "undecodable_body",
      message: expect.stringContaining(message),
    });
  });
});

/** Compresses badly, so that a decoder gives some of it out before the end; the same at each call. */
function randomText(): string {
  let state = 1;
  const numbers = Array.from({ length: 200_000 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state.toString(36);
  });
  return numbers.join("");
}
