// Prints what came of the shapes of all examples of GitHub's events: `node tests/oracles/shapes.ts`.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ShapeFold } from "#lib/shapes/fold.ts";
import { settle } from "#lib/shapes/settle.ts";
import { readSample } from "#lib/shapes/value.ts";
import { writeJsonSchema } from "#lib/shapes/write/json-schema.ts";
import { typeName } from "#lib/shapes/write/names.ts";
import { writeTypeScript } from "#lib/shapes/write/typescript.ts";
import { writeZod } from "#lib/shapes/write/zod.ts";
import { breakEach } from "./broken.ts";
import { sdk, sdkFile } from "./sdk.ts";

type Example = { name: string; examples: object[] };
/** An event with all its examples, and each of them with one mistake. */
type Case = { event: string; name: string; samples: unknown[]; broken: unknown[] };
type Tried = { accepted: number; refused: number };
type Row = { event: string; samples: number; broken: number; zod: Tried; jsonSchema: Tried };
export type ShapesTried = { rows: Row[]; typescript: { errors: string[]; refused: number } };

type Ajv = new (options: object) => { compile: (schema: object) => (value: unknown) => boolean };
type Parsed = { safeParse: (value: unknown) => { success: boolean } };

const EDITIONS = ["api.github.com", "ghes-31", "ghes-32", "ghes-33", "ghes-34", "ghes-35"];
const root = path.resolve(import.meta.dirname, "../..");
const TSC_MS_MAX = 240_000;

/** Writes the shape of each event and has it tried: by the compiler, by zod, and by somebody else's validator (ajv). */
export async function tryShapes(folder: string): Promise<ShapesTried> {
  mkdirSync(folder, { recursive: true });
  const cases = readCases();
  const rows: Row[] = [];
  for (const one of cases) rows.push(await tryCase(folder, one));
  return { rows, typescript: compile(folder, cases) };
}

function readCases(): Case[] {
  const events = new Map<string, unknown[]>();
  for (const edition of EDITIONS) {
    const file = `${edition}/index.json`;
    for (const { name, examples } of sdkFile<Example[]>("@octokit/webhooks-examples", file)) {
      events.set(name, [...(events.get(name) ?? []), ...examples]);
    }
  }
  return [...events].map(([event, samples]) => {
    const name = typeName("github", event);
    return { event, name, samples, broken: breakEach(samples) };
  });
}

function titled({ event, name, samples }: Case) {
  const fold = new ShapeFold();
  for (const sample of samples) {
    const read = readSample(JSON.stringify(sample));
    if (read) fold.add(read.value);
  }
  return { name, title: `GitHub ${event}`, settled: settle(fold.shape) };
}

async function tryCase(folder: string, one: Case): Promise<Row> {
  const shape = titled(one);
  const file = path.join(folder, `${one.name}.zod.ts`);
  writeFileSync(file, writeZod(shape));
  const module = (await import(pathToFileURL(file).href)) as Record<string, Parsed>;
  const schema = Object.values(module)[0];
  const { $schema: _, ...jsonSchema } = JSON.parse(writeJsonSchema(shape)) as { $schema: string };
  const Validator = sdk<Ajv>("ajv");
  const isValid = new Validator({ format: "full", unknownFormats: [] }).compile(jsonSchema);
  return {
    event: one.event,
    samples: one.samples.length,
    broken: one.broken.length,
    zod: tried(one, (value) => schema?.safeParse(value).success ?? false),
    jsonSchema: tried(one, isValid),
  };
}

const tried = ({ samples, broken }: Case, accepts: (value: unknown) => boolean): Tried => ({
  accepted: samples.filter(accepts).length,
  refused: broken.filter((value) => !accepts(value)).length,
});

/** All in one run: each sample as a literal of its type, and each broken one where an error is expected. */
function compile(folder: string, cases: readonly Case[]): ShapesTried["typescript"] {
  const files = cases.map((one) => {
    const lines = [writeTypeScript(titled(one))];
    for (const [at, sample] of one.samples.entries())
      lines.push(`export const sample${at}: ${one.name} = ${JSON.stringify(sample)};`);
    for (const [at, broken] of one.broken.entries()) {
      lines.push("// @ts-expect-error it is broken");
      lines.push(`export const broken${at}: ${one.name} = ${JSON.stringify(broken)};`);
    }
    const file = path.join(folder, `${one.name}.type.ts`);
    writeFileSync(file, `${lines.join("\n")}\n`);
    return file;
  });
  const args = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--ignoreConfig", ...files];
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...args], {
    encoding: "utf8",
    timeout: TSC_MS_MAX,
    maxBuffer: 64 * 1024 * 1024,
  });
  const errors = stdout.split("\n").filter((line) => line.includes("error TS"));
  if (status !== 0 && errors.length === 0) errors.push("The compiler did not come to an end.");
  const unused = errors.filter((line) => line.includes("TS2578")).length;
  const broken = cases.reduce((sum, one) => sum + one.broken.length, 0);
  return { errors, refused: broken - unused };
}

/** The table that is printed and told in the docs. */
export function shapesSummary({ rows, typescript }: ShapesTried): string[] {
  const total = (pick: (row: Row) => number) => rows.reduce((sum, row) => sum + pick(row), 0);
  const samples = total((row) => row.samples);
  const broken = total((row) => row.broken);
  const line = (judge: string, accepted: number, refused: number) =>
    `| ${judge} | ${accepted} of ${samples} | ${refused} of ${broken} |`;
  return [
    "| judge | samples accepted | broken ones refused |",
    "| --- | --- | --- |",
    line("TypeScript's compiler", samples - typescript.errors.length, typescript.refused),
    line(
      "zod",
      total((row) => row.zod.accepted),
      total((row) => row.zod.refused),
    ),
    line(
      "ajv",
      total((row) => row.jsonSchema.accepted),
      total((row) => row.jsonSchema.refused),
    ),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const folder = path.join(root, "test-results/shapes");
  const result = await tryShapes(folder);
  console.table(
    result.rows.map(({ event, samples, zod, jsonSchema }) => ({
      event,
      samples,
      "zod accepts": zod.accepted,
      "zod refuses broken": zod.refused,
      "ajv accepts": jsonSchema.accepted,
      "ajv refuses broken": jsonSchema.refused,
    })),
  );
  process.stdout.write(`${result.rows.length} events\n${shapesSummary(result).join("\n")}\n`);
  process.stdout.write(`${result.typescript.errors.slice(0, 20).join("\n")}\n`);
}
