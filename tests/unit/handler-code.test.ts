import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { handlerCode } from "#lib/signatures/handler/handler-code.ts";
import { handlerKinds } from "#lib/signatures/handler/handler-kind.ts";
import { type HandlerCase, handlerCases } from "#tests/helpers/handler-samples.ts";

type Answer = { name: string; what: string; isGenuine: boolean; status: number };

const folder = mkdtempSync(path.join(os.tmpdir(), "hooklens-handlers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const helper = (name: string) => path.resolve(import.meta.dirname, "../helpers", name);

/** The answers of a program that is given the cases in a file. */
function run(program: string, args: string[], cases: unknown): Answer[] {
  const file = path.join(folder, "cases.json");
  writeFileSync(file, JSON.stringify(cases));
  const { stdout, stderr } = spawnSync(program, [...args, file], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Answer[];
}

const wrong = (answers: Answer[]) =>
  answers.filter(({ isGenuine, status }) => status !== (isGenuine ? 200 : 401));

test("a Next route of each scheme takes what is genuine and nothing else", () => {
  const cases = handlerCases("next", Date.now());
  expect(cases.length).toBeGreaterThan(50);
  const written = cases.map((each: HandlerCase, at) => {
    const file = path.join(folder, `${at}.mjs`);
    writeFileSync(file, each.code);
    return { ...each, file: pathToFileURL(file).href };
  });
  const answers = run(process.execPath, [helper("run-next-handlers.mjs")], written);
  expect(answers.length).toBeGreaterThan(cases.length * 3);
  expect(wrong(answers)).toEqual([]);
});

test("the Python of each scheme does too, on a machine that has Python", () => {
  const hasPython = spawnSync("python3", ["-c", "pass"]).status === 0;
  for (const kind of ["fastapi", "flask"] as const) {
    const cases = handlerCases(kind, Date.now());
    expect(cases.length).toBeGreaterThan(50);
    if (!hasPython) continue;
    expect(wrong(run("python3", [helper("run-python-checks.py")], cases))).toEqual([]);
  }
});

describe("the code", () => {
  const stripe = handlerKinds.map((kind) => handlerCode("stripe", "stripe-v1", kind));

  test("reads the raw body in each framework", () => {
    const reads = [
      "express.raw(",
      "arrayBuffer()",
      "arrayBuffer()",
      "await request.body()",
      "get_data()",
    ];
    for (const [at, read] of reads.entries()) expect(stripe[at]?.code).toContain(read);
  });

  test("holds no secret and no package but the framework", () => {
    for (const written of stripe) {
      const imported = written?.code.match(/^(?:import .*|from .* import .*)$/gm) ?? [];
      expect(imported.join("\n")).not.toMatch(/stripe/i);
      expect(written?.code).toContain("STRIPE_SECRET");
    }
  });

  test("is not written for what takes more than a digest", () => {
    expect(handlerCode("aws-sns", "aws-sns-v1", "express")).toBeNull();
    expect(handlerCode("discord", "discord-ed25519", "flask")).toBeNull();
    expect(handlerCode("nobody", "nothing", "next")).toBeNull();
  });
});
