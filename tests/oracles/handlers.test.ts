import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { fetchedHandlerCases, publishedKeys } from "#tests/helpers/handler-fetched-samples.ts";
import { codeHandlerCases } from "#tests/helpers/handler-key-samples.ts";
import { type HandlerCase, handlerCases } from "#tests/helpers/handler-samples.ts";
import { publishKeys } from "#tests/helpers/published-keys.ts";

type Answer = { name: string; what: string; isGenuine: boolean; status: number };

const folder = mkdtempSync(path.join(os.tmpdir(), "hooklens-handlers-"));
symlinkSync(path.join(import.meta.dirname, "sdks/node_modules"), path.join(folder, "node_modules"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RUNNER = path.resolve(import.meta.dirname, "../helpers/run-app-handlers.mjs");

/** At the path for which the sender signed. */
function place(kind: string, each: HandlerCase, at: number) {
  const file = path.join(folder, `${kind}-${at}.mjs`);
  const { pathname } = new URL(each.url);
  writeFileSync(file, each.code.replace(/"\/webhooks\/[\w-]+"/, JSON.stringify(pathname)));
  return { ...each, file: pathToFileURL(file).href };
}

for (const kind of ["express", "hono"] as const) {
  test(`the handlers for ${kind} take what is genuine and nothing else, over HTTP`, async () => {
    const published = await publishKeys(publishedKeys);
    const nowMs = Date.now();
    const cases = [
      ...handlerCases(kind, nowMs),
      ...codeHandlerCases(kind, nowMs),
      ...fetchedHandlerCases(kind, nowMs, published.url),
    ];
    const file = path.join(folder, `${kind}.json`);
    const placed = cases.map((each, at) => place(kind, each, at));
    writeFileSync(file, JSON.stringify(placed));
    const run = promisify(execFile)(process.execPath, [RUNNER, kind, file], {
      maxBuffer: 16 * 1024 * 1024,
      timeout: 120_000,
    });
    const { stdout, stderr } = await run;
    published.close();
    expect(stderr).toBe("");
    const answers = JSON.parse(stdout) as Answer[];
    expect(answers).toHaveLength(cases.reduce((sum, { samples }) => sum + samples.length, 0));
    expect(new Set(answers.map(({ name }) => name)).size).toBeGreaterThan(100);
    const wrong = answers.filter(({ isGenuine, status }) => status !== (isGenuine ? 200 : 401));
    expect(wrong).toEqual([]);
  });
}
