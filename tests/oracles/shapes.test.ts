import path from "node:path";
import { expect, test } from "vitest";
import { shapesSummary, tryShapes } from "./shapes.ts";

test("what is written of GitHub's examples takes each of them and none with a mistake", async () => {
  // Within the project, so that zod is found from there.
  const folder = path.resolve(import.meta.dirname, "../../test-results/shapes");
  const tried = await tryShapes(folder);
  expect(tried.typescript.errors).toEqual([]);
  const samples = tried.rows.reduce((sum, row) => sum + row.samples, 0);
  expect(samples).toBeGreaterThan(700);
  for (const { event, samples, zod, jsonSchema } of tried.rows) {
    const all = { accepted: samples, refused: samples };
    expect({ event, zod, jsonSchema }).toEqual({ event, zod: all, jsonSchema: all });
  }
  for (const row of shapesSummary(tried).slice(2))
    expect(row).toContain(`| ${samples} of ${samples} | ${samples} of ${samples} |`);
}, 300_000);
