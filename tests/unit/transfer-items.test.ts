import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FileItem, HarEntries, linesOf } from "#lib/transfer/file-items.ts";

const BYTES_MAX = 10_000;

async function* inPieces(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function itemsOf(items: AsyncGenerator<FileItem>): Promise<(string | FileItem)[]> {
  const all: (string | FileItem)[] = [];
  for await (const item of items) {
    all.push("bytes" in item ? item.bytes.toString() : item);
  }
  return all;
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const entry = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });

describe("the entries of a HAR", () => {
  test("are found however the file is cut into pieces, and whatever stands in strings beside them", async () => {
    const property = fc.asyncProperty(
      fc.array(entry, { maxLength: 6 }),
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(0, 2),
      sizes,
      async (entries, beside, indent, pieces) => {
        const har = {
          beside,
          log: { pages: [{ entries: [beside] }], "a\\": '"]}{\\', entries, more: beside },
          entries: [1],
        };
        const reader = new HarEntries(BYTES_MAX);
        const items = await itemsOf(
          reader.read(inPieces(JSON.stringify(har, null, indent), pieces)),
        );
        expect(items.map((item) => JSON.parse(item as string) as unknown)).toEqual(
          JSON.parse(JSON.stringify(entries)),
        );
        expect(reader.isWhole).toBe(true);
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });

  test("never break the reader: any text gives items or none", async () => {
    const property = fc.asyncProperty(
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\loge ntris1') }),
      sizes,
      async (text, pieces) => {
        const reader = new HarEntries(BYTES_MAX);
        await itemsOf(reader.read(inPieces(`{"log":{"entries":[${text}`, pieces)));
      },
    );
    await fc.assert(property, { numRuns: 2_000 });
  });

  test("that are too long or too much are told, and those after them are read", async () => {
    const long = JSON.stringify({ text: "x".repeat(BYTES_MAX) });
    const deep = `{"a":${"[".repeat(50)}${"]".repeat(50)}}`;
    const text = `{"log":{"entries":[${long},${deep},{"a":1}]}}`;
    const items = await itemsOf(new HarEntries(BYTES_MAX).read(inPieces(text, [1_000])));
    expect(items).toEqual([
      { place: 1, refusal: expect.stringContaining("at most 10,000 are read") },
      { place: 2, refusal: expect.stringContaining("nested deeper") },
      '{"a":1}',
    ]);
  });
});

test("lines are found however the file is cut into pieces; empty ones count as places", async () => {
  const line = fc.string({ unit: fc.constantFrom(...'ab{"\\\r ') });
  const property = fc.asyncProperty(fc.array(line), sizes, async (lines, pieces) => {
    const items: FileItem[] = [];
    for await (const item of linesOf(inPieces(lines.join("\n"), pieces), BYTES_MAX))
      items.push(item);
    const expected = lines.flatMap((text, index) =>
      text === "" ? [] : { place: index + 1, text },
    );
    expect(
      items.map((item) => ({
        place: item.place,
        text: "bytes" in item ? item.bytes.toString() : "",
      })),
    ).toEqual(expected);
  });
  await fc.assert(property, { numRuns: 500 });
});
