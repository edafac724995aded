import { runInThisContext } from "node:vm";
import {
  registerSchema,
  type SchemaObject,
  unregisterSchema,
  validate,
} from "@hyperjump/json-schema/draft-2020-12";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { ShapeFold } from "#lib/shapes/fold.ts";
import { settle } from "#lib/shapes/settle.ts";
import { readSample } from "#lib/shapes/value.ts";
import { writeJsonSchema } from "#lib/shapes/write/json-schema.ts";
import { writeZod } from "#lib/shapes/write/zod.ts";

/** As senders write them, and as only somebody hostile does. */
const scalar = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 2 ** 60, 1e300, 1_700_000_000, "", "open", "closed"),
  fc.constantFrom(
    "2026-11-21T10:00:00Z",
    "2026-11-21",
    "a@b.co",
    "https://a.b/c?d#e",
    "::1",
    "10.0.0.1",
  ),
  fc.uuid(),
  fc.emailAddress(),
  fc.webUrl(),
  fc.ipV6(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const key = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("type", "object", "id", "created", "state", "a b") },
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "\u2028",
    '"',
    "cus_0123456789ab",
    "42",
    "43",
  ),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie("any"), { maxLength: 4 }),
    tie("members"),
  ),
  members: fc
    .array(fc.tuple(key, tie("any")), { maxLength: 6 })
    .map((entries): unknown => Object.fromEntries(entries)),
})).any;

/** Some of them several times, so that something can be always there, and a few be all that there are. */
const samples = fc
  .array(value, { minLength: 1, maxLength: 5 })
  .chain((kinds) => fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 20 }));

/** The module's schema, run: without what only a module, or TypeScript, has. */
function zodOf(text: string): z.ZodType {
  const schema = text
    .replace(/^import.*$/m, "")
    .replace(/^export type.*$/m, "")
    .replace(/export const \w+ =/, "return");
  const run = runInThisContext(`((z) => {${schema}})`) as (zod: typeof z) => z.ZodType;
  return run(z);
}

test("what is written of any samples takes each of them: zod and JSON Schema", async () => {
  let turn = 0;
  await fc.assert(
    fc.asyncProperty(samples, async (all) => {
      const texts = all.map((each) => JSON.stringify(each));
      const different = new Set(texts);
      const fold = new ShapeFold();
      for (const text of texts) {
        const read = readSample(text);
        if (read) fold.add(read.value);
      }
      const titled = { name: "Sample", title: "Sample", settled: settle(fold.shape) };
      const schema = zodOf(writeZod(titled));
      turn += 1;
      const uri = `https://sample.invalid/${turn}`;
      registerSchema(JSON.parse(writeJsonSchema(titled)) as SchemaObject, uri);
      const isValid = await validate(uri);
      unregisterSchema(uri);
      for (const text of different) {
        expect(schema.safeParse(JSON.parse(text)).error, writeZod(titled)).toBeUndefined();
        expect(isValid(JSON.parse(text) as never).valid, writeJsonSchema(titled)).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});
