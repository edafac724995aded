import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HooklensError, isHooklensError, problemBody, problems } from "#lib/errors.ts";

const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| `(\w+)` \| (\d{3}) \| (.+) \| (.+) \|$/gm)].map(
  ([, code, status, when, help]) => ({ code, status: Number(status), when, help }),
);

describe("docs/errors.md and lib/errors.ts", () => {
  test("name the same codes with the same statuses, in the same order", () => {
    const documented = rows.map(({ code, status }) => [code, status]);
    const thrown = Object.entries(problems).map(([code, { status }]) => [code, status]);
    expect(documented).toEqual(thrown);
  });

  test("each row says when it happens and what to do", () => {
    for (const { code, when, help } of rows) {
      expect(when, code).toMatch(/^[A-Z].{10,}\.$/);
      expect(help, code).toMatch(/^[A-Z`].{5,}\.$/);
    }
  });

  test("the example is what the server sends", () => {
    const example: unknown = JSON.parse(/```json\n([^`]+)```/.exec(page)?.[1] ?? "");
    const errors = [{ pointer: "/response/status", detail: "A status is 200 to 599" }];
    const error = new HooklensError("invalid_fields", 'See "errors": /response/status.', {
      errors,
    });
    expect(problemBody(error)).toEqual(example);
  });
});

test("an error is recognised by its code, also when it comes from another copy of the module", () => {
  const foreign = Object.assign(new Error("x"), { name: "HooklensError", code: "forbidden" });
  expect(isHooklensError(foreign)).toBe(true);
  expect(isHooklensError(Object.assign(new Error("x"), { code: "forbidden" }))).toBe(false);
  expect(isHooklensError({ name: "HooklensError", code: "forbidden" })).toBe(false);
});
