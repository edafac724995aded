import { describe, expect, test } from "vitest";
import { decodeText, decodeTextInSlices } from "#lib/body/decode-text.ts";
import { parseMultipartInSlices } from "#lib/body/multipart.ts";
import { splitPairsInSlices } from "#lib/body/pairs.ts";
import { atOnce, inSlices, type Slices } from "#lib/body/slices.ts";
import { linesOfText } from "#lib/body/text-lines.ts";
import { percentDecode } from "#lib/contract/percent.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** How often the page may go first, and the result. */
function count<Result>(slices: Slices<Result>): { pauses: number; result: Result } {
  for (let pauses = 0; ; pauses += 1) {
    const slice = slices.next();
    if (slice.done) return { pauses, result: slice.value };
  }
}

describe("long work lets the page go first, and comes to the same", () => {
  test("a character that two slices share is decoded whole", () => {
    const text = `${"é".repeat(400_000)}€`;
    for (const shift of ["", "a", "aa"]) {
      const { pauses, result } = count(decodeTextInSlices(bytes(shift + text), null));
      expect(pauses).toBeGreaterThan(2);
      expect(result).toEqual({
        text: shift + text,
        charset: "utf-8",
        unknownCharset: null,
        lossy: false,
      });
    }
  });

  test("a mistake in the last slice makes all of it lossy, and a cut character is told", () => {
    const body = new Uint8Array(600_000).fill(0x61);
    body[599_999] = 0xe2;
    expect(decodeText(body, "text/plain")).toMatchObject({ lossy: true });
    expect(decodeText(body, "text/plain").text).toBe(`${"a".repeat(599_999)}\ufffd`);
  });

  test("lines, fields and parts", () => {
    const lines = count(linesOfText("ab\r\n".repeat(100_000)));
    expect([lines.pauses > 2, lines.result.count]).toEqual([true, 100_000]);
    expect(lines.result.tokens(99_999)).toEqual([{ from: 399_996, to: 399_998, kind: "plain" }]);

    const pairs = count(splitPairsInSlices("a=1&".repeat(100_000)));
    expect([pairs.pauses > 2, pairs.result.count]).toEqual([true, 100_001]);
    expect(pairs.result.at(99_999)).toMatchObject({ rawName: "a", rawValue: "1" });

    const body = `${"--b\r\nA: 1\r\n\r\nx\r\n\r\n".repeat(9_000)}--b--\r\n`;
    const parts = count(parseMultipartInSlices(bytes(body), "b"));
    expect([parts.pauses > 2, parts.result.parts.length]).toEqual([true, 9_000]);
    expect(
      new Set(parts.result.parts.map(({ bodyStart, bodyEnd }) => bodyEnd - bodyStart)),
    ).toEqual(new Set([3]));
  });

  test("it ends when nobody waits any more", async () => {
    let pauses = 0;
    const work = { pause: async () => void (pauses += 1), stopped: () => pauses === 2 };
    expect(await inSlices(linesOfText("\n".repeat(1_000_000)), work)).toBeNull();
    expect(pauses).toBe(2);
  });

  test("a field of megabytes is decoded by its bytes", () => {
    expect(percentDecode("a%41".repeat(1_000_000)).text).toBe("aA".repeat(1_000_000));
    expect(atOnce(splitPairsInSlices(`v=${"%C3%A9".repeat(300_000)}`)).at(0).value).toMatchObject({
      broken: false,
      lossy: false,
    });
  });
});
