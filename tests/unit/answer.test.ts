import { describe, expect, test } from "vitest";
import type { AnswerPatch, StoredAnswer } from "#lib/contract/answer.ts";
import { HooklensError } from "#lib/errors.ts";
import { DEFAULT_ANSWER, mergeAnswer } from "#lib/manage/answer.ts";

const current: StoredAnswer = {
  status: 201,
  headers: [["X-A", "1"]],
  body: Buffer.from("old"),
  delayMs: 5,
};

const pointerOf = (patch: AnswerPatch, from = current): string | undefined => {
  try {
    mergeAnswer(from, patch);
    return undefined;
  } catch (error) {
    if (!(error instanceof HooklensError)) throw error;
    return error.errors?.[0]?.pointer;
  }
};

describe("an answer merges", () => {
  test("what is left out stays, what is given replaces", () => {
    expect(mergeAnswer(current, {})).toEqual(current);
    expect(mergeAnswer(current, { status: 500 })).toEqual({ ...current, status: 500 });
    expect(mergeAnswer(current, { headers: [] })).toEqual({ ...current, headers: [] });
    expect(mergeAnswer(current, { body: "new" })).toEqual({ ...current, body: Buffer.from("new") });
    expect(mergeAnswer(current, { bodyBase64: "/wA=" }).body).toEqual(Buffer.from([255, 0]));
  });

  test("null is the default again, for a part or for all", () => {
    expect(mergeAnswer(current, null)).toEqual(DEFAULT_ANSWER);
    const patch = { status: null, headers: null, body: null, delayMs: null };
    expect(mergeAnswer(current, patch)).toEqual(DEFAULT_ANSWER);
    expect(mergeAnswer(current, { bodyBase64: null }).body).toHaveLength(0);
    expect(mergeAnswer(current, { body: null, bodyBase64: "YQ==" }).body.toString()).toBe("a");
  });

  test("body and bodyBase64 exclude each other", () => {
    expect(pointerOf({ body: "a", bodyBase64: "YQ==" })).toBe("/response/bodyBase64");
  });

  test.each([204, 205, 304])("a %d has no body, whichever of the two came first", (status) => {
    expect(pointerOf({ status })).toBe("/response/status");
    expect(pointerOf({ status, body: "a" })).toBe("/response/body");
    expect(pointerOf({ body: "a" }, { ...DEFAULT_ANSWER, status })).toBe("/response/body");
    expect(mergeAnswer(current, { status, body: "" }).status).toBe(status);
  });

  test("256 KiB of body at most, counted in bytes", () => {
    expect(pointerOf({ body: "\u00e9".repeat(128 * 1024) })).toBeUndefined();
    expect(pointerOf({ body: `${"\u00e9".repeat(128 * 1024)}a` })).toBe("/response/body");
    const large = Buffer.alloc(256 * 1024 + 1).toString("base64");
    expect(pointerOf({ bodyBase64: large })).toBe("/response/bodyBase64");
  });
});
