import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundaryOf } from "#lib/body/boundary.ts";
import { type Multipart, PARTS_MAX, parseMultipart } from "#lib/body/multipart.ts";
import { expectLinear } from "#tests/helpers/growth.ts";

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function join(...pieces: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

const bodies = (bytes: Uint8Array, { parts }: Multipart) =>
  parts.map((part) => textOf(bytes.subarray(part.bodyStart, part.bodyEnd)));

/** The source put together again from the ranges of the parts and what lies between them. */
function reassemble(bytes: Uint8Array, { parts, preambleEnd, epilogueStart }: Multipart) {
  const pieces = [bytes.subarray(0, preambleEnd)];
  if (parts.length === 0) pieces.push(bytes.subarray(preambleEnd, epilogueStart ?? bytes.length));
  parts.forEach((part, index) => {
    const next = parts[index + 1]?.start ?? epilogueStart ?? bytes.length;
    pieces.push(
      bytes.subarray(part.start, part.bodyStart),
      bytes.subarray(part.bodyStart, part.bodyEnd),
      bytes.subarray(part.bodyEnd, next),
    );
  });
  if (epilogueStart !== null) pieces.push(bytes.subarray(epilogueStart));
  return join(...pieces);
}

const form = bytesOf(
  [
    "preamble",
    "--XyZ",
    'Content-Disposition: form-data; name="title"',
    "",
    "Größe",
    "--XyZ  ",
    'content-disposition: form-data; name="file"; filename="a \\"b\\" – ü.bin"',
    "Content-Type: application/octet-stream",
    "X-Long: one",
    "  two",
    "",
    "a\r\nb\n--XyZ1\r\n",
    "--XyZ--",
    "epilogue",
  ].join("\r\n"),
);

describe("a multipart body", () => {
  const parsed = parseMultipart(form, "XyZ");

  test("is split at its delimiter lines only", () => {
    expect(bodies(form, parsed)).toEqual(["Größe", "a\r\nb\n--XyZ1\r\n"]);
    expect(textOf(form.subarray(parsed.epilogueStart ?? 0))).toBe("epilogue");
  });

  test("names its parts as they were sent", () => {
    expect(
      parsed.parts.map(({ name, filename, contentType }) => [name, filename, contentType]),
    ).toEqual([
      ["title", null, null],
      ["file", 'a "b" – ü.bin', "application/octet-stream"],
    ]);
    expect(parsed.parts[1]?.headers[2]).toEqual(["X-Long", "one  two"]);
  });

  test("reads a file name that is encoded as in other headers, or leaves it as it stands", () => {
    const names = ["utf-8'en'%e2%82%ac%20.json", "UTF-8''%zz", "latin1''%e9"].map((name) => {
      const bytes = bytesOf(
        `--b\r\nContent-Disposition: form-data; filename*=${name}\r\n\r\n--b--`,
      );
      return parseMultipart(bytes, "b").parts[0]?.filename;
    });
    expect(names).toEqual(["€ .json", "UTF-8''%zz", "latin1''%e9"]);
  });

  test("with bare line feeds is read as well", () => {
    const bytes = bytesOf(
      '--b\nContent-Disposition: form-data; name="a"\n\none\n--b\n\ntwo\n--b--\n',
    );
    expect(bodies(bytes, parseMultipart(bytes, "b"))).toEqual(["one", "two"]);
  });

  test("without its closing delimiter keeps the last part to the end and says so", () => {
    const bytes = bytesOf("--b\r\nContent-Type: text/plain\r\n\r\nhalf a wo");
    const parsed = parseMultipart(bytes, "b");
    expect(bodies(bytes, parsed)).toEqual(["half a wo"]);
    expect(parsed.epilogueStart).toBeNull();
  });

  test("without any delimiter has no parts", () => {
    expect(parseMultipart(bytesOf("nothing here"), "b")).toMatchObject({
      parts: [],
      preambleEnd: 12,
    });
  });

  test("whose part has no headers, or no body, or nothing at all", () => {
    const bytes = bytesOf("--b\r\n\r\nplain\r\n--b\r\nA: b\r\n\r\n--b\r\n--b--");
    expect(bodies(bytes, parseMultipart(bytes, "b"))).toEqual(["plain", "", ""]);
  });

  test("shows its boundary when the content type does not name it", () => {
    expect(boundaryOf("multipart/form-data", bytesOf("--abc\r\n\r\nx\r\n--abc--"))).toBe("abc");
    expect(boundaryOf('multipart/mixed; boundary="a b"', new Uint8Array())).toBe("a b");
    expect(boundaryOf("multipart/mixed", bytesOf("no"))).toBeNull();
  });
});

describe("bytes", () => {
  const part = fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    body: fc.uint8Array({ maxLength: 200 }),
  });

  test("of each part are exactly those that were sent", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (sent) => {
        const boundary = "----boundary-that-is-not-within";
        const bytes = join(
          ...sent.map(({ name, body }) =>
            join(
              bytesOf(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
              body,
              bytesOf("\r\n"),
            ),
          ),
          bytesOf(`--${boundary}--\r\n`),
        );
        const parsed = parseMultipart(bytes, boundary);
        const got = parsed.parts.map((one) => ({
          name: one.name,
          body: bytes.slice(one.bodyStart, one.bodyEnd),
        }));
        expect(got).toEqual(sent);
        expect(reassemble(bytes, parsed)).toEqual(bytes);
      }),
    );
  });

  test("of any source are all accounted for", () => {
    const piece = fc.constantFrom(
      "--b",
      "--b--",
      "\r\n",
      "\n",
      "\r",
      " ",
      "a: b",
      ":",
      "x",
      "--",
      "-",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const bytes = bytesOf(pieces.join(""));
        const parsed = parseMultipart(bytes, "b");
        expect(reassemble(bytes, parsed)).toEqual(bytes);
        for (const one of parsed.parts) {
          expect(one.start).toBeLessThanOrEqual(one.bodyStart);
          expect(one.bodyStart).toBeLessThanOrEqual(one.bodyEnd);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("hostile multipart", () => {
  test("10,000 parts are all there", () => {
    const bytes = bytesOf(`${"--b\r\nA: b\r\n\r\nx\r\n".repeat(PARTS_MAX)}--b--`);
    const parsed = parseMultipart(bytes, "b");
    expect(parsed.parts).toHaveLength(PARTS_MAX);
  });

  test("more parts than are listed are kept within the last one", () => {
    const bytes = bytesOf(`${"--b\r\n\r\nx\r\n".repeat(PARTS_MAX + 5)}--b--`);
    const parsed = parseMultipart(bytes, "b");
    expect(parsed).toMatchObject({ cut: true, epilogueStart: null });
    expect(parsed.parts).toHaveLength(PARTS_MAX);
    expect(parsed.parts.at(-1)?.bodyEnd).toBe(bytes.length);
  });

  test.each([
    ["dashes", "", "-", "-".repeat(70)],
    ["line feeds", "", "\n", "b"],
    ["lone carriage returns", "--b\r", "\r", "b"],
    ["a header line", "--b\r\n", "x:", "b"],
    ["folded header lines", "--b\r\nA: b", "\r\n x", "b"],
    ["almost delimiters", "", "\n--bb", "b"],
  ])("4 MiB of %s take one look at each", async (_, start, repeated, boundary) => {
    await expectLinear((size) => {
      const bytes = bytesOf(start + repeated.repeat(size / repeated.length));
      expect(reassemble(bytes, parseMultipart(bytes, boundary)).length).toBe(bytes.length);
    }, 256 * 1024);
  });
});
