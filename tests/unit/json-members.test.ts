import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonMembers } from "#lib/providers/json-members.ts";
import { type Path, valueAt } from "#lib/providers/path.ts";

const NAMES = ["id", "é", "__proto__", 'a"b', "0"];

const space = fc.constantFrom("", " ", "\n\t", "\r  ");
const name = fc
  .constantFrom(...NAMES)
  .chain((plain) =>
    fc.constantFrom(
      JSON.stringify(plain),
      `"${[...plain].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}"`,
    ),
  );

/** JSON as anybody may write it: names twice, escaped ones, brackets and quotes in strings, spaces anywhere. */
const { value: json, members: object } = fc.letrec<{
  value: string;
  members: string;
  elements: string;
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc
      .oneof(fc.string(), fc.constantFrom('"}', "\\", "{[,:", "\u2028é"))
      .map((text) => JSON.stringify(text)),
    fc.constantFrom("0", "-1.5e3", "12345678901234567890", "true", "false", "null"),
    tie("members"),
    tie("elements"),
  ),
  members: listOf(
    fc.tuple(space, name, space, space, tie("value"), space),
    "{}",
    ([a, key, b, c, value, d]) => `${a}${key}${b}:${c}${value}${d}`,
  ),
  elements: listOf(fc.tuple(space, tie("value"), space), "[]", (parts) => parts.join("")),
}));

function listOf<Parts>(
  each: fc.Arbitrary<Parts>,
  brackets: string,
  write: (parts: Parts) => string,
) {
  return fc
    .tuple(space, fc.array(each, { maxLength: 5 }))
    .map(([inside, all]) => brackets[0] + (all.map(write).join(",") || inside) + brackets[1]);
}

const path: fc.Arbitrary<Path> = fc.array(
  fc.oneof(fc.constantFrom(...NAMES, "length"), fc.constantFrom(0, 1)),
  { maxLength: 4 },
);

/** Every place of a value. */
function pathsOf(value: unknown): Path[] {
  if (typeof value !== "object" || value === null) return [[]];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [
    [],
    ...keys.flatMap((key) => pathsOf(valueAt(value, [key])).map((rest) => [key, ...rest])),
  ];
}

test("a value is what JSON.parse says of it, wherever it stands", () => {
  fc.assert(
    fc.property(fc.oneof(object, json), space, space, path, (text, before, behind, guess) => {
      const value = JSON.parse(text);
      const members = new JsonMembers(Buffer.from(before + text + behind));
      for (const each of [...pathsOf(value), guess]) {
        expect(members.at(each)).toEqual(valueAt(value, each));
      }
    }),
    { numRuns: 500 },
  );
});

test("what is no JSON says nothing, or what stands there, and ends", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      json,
      fc.nat(200),
      path,
      (bytes, text, cut, each) => {
        new JsonMembers(Buffer.from(bytes)).at(each);
        const whole = Buffer.from(`{"id":1,"data":${text}}`);
        expect(
          new JsonMembers(whole.subarray(0, Math.min(cut, whole.length - 1))).at(["id"]),
        ).toBeUndefined();
      },
    ),
  );
  expect(new JsonMembers(Buffer.from('{"id":1}x')).at(["id"])).toBeUndefined();
  expect(new JsonMembers(Buffer.from('\ufeff{"id":1}')).at(["id"])).toBeUndefined();
});
