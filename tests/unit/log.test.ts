import { expect, test } from "vitest";
import { describeError } from "#lib/log.ts";

test("a database error is logged by its code: its message may quote what was stored", () => {
  const error = Object.assign(new Error('invalid input syntax for type json: "SECRET"'), {
    code: "22P02",
  });
  expect(JSON.stringify(describeError(error))).not.toContain("SECRET");
  expect(describeError(error)).toMatchObject({ code: "22P02" });
});

test("any other error keeps its message and where it came from", () => {
  const described = describeError(
    Object.assign(new Error("connect refused"), { code: "ECONNREFUSED" }),
  );
  expect(described).toMatchObject({ code: "ECONNREFUSED", message: "connect refused" });
  expect(described).toHaveProperty("frames");
});
