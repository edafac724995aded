import { describe, expect, it } from "vitest";
import { toDraft, toErrors, toPatch } from "#components/settings/answer-draft.ts";

const answer = {
  status: 202,
  headers: [
    ["X-A", "1"],
    ["X-A", "2"],
  ] as [string, string][],
  body: "ok",
  delayMs: 0,
  strippedHeaders: [],
};

describe("the answer as it is typed", () => {
  it("goes back to the API as it came", () => {
    const { status, headers, body, delayMs } = answer;
    expect(toPatch(toDraft(answer))).toMatchObject({ patch: { status, headers, body, delayMs } });
  });

  it("leaves a body that is no text as it is", () => {
    const { body, ...binary } = answer;
    expect(body).toBe("ok");
    const made = toPatch(toDraft({ ...binary, bodyBase64: "/w==" }));
    expect("patch" in made && "body" in made.patch).toBe(false);
  });

  it("is no patch while a number is none, since null would set the default", () => {
    const made = toPatch({ ...toDraft(answer), status: "", delayMs: "1.5" });
    expect(made).toMatchObject({
      errors: { status: expect.any(String), delayMs: expect.any(String) },
    });
  });

  it("leaves empty rows out and still finds the row that a complaint is about", () => {
    const headers = [
      { id: 4, name: "", value: "" },
      { id: 7, name: "Trailer", value: "x" },
    ];
    const made = toPatch({ ...toDraft(answer), headers });
    if (!("patch" in made)) throw new Error("no patch");
    expect(made.patch.headers).toEqual([["Trailer", "x"]]);
    const problems = [
      { pointer: "/response/headers/0/0", detail: "framing" },
      { pointer: "/response/headers/0/1", detail: "value" },
      { pointer: "/response/headers", detail: "too many" },
      { pointer: "/response/status", detail: "status" },
    ];
    expect(toErrors(problems, made.rowIds)).toEqual({
      rows: { 7: { name: "framing", value: "value" } },
      headers: "too many",
      status: "status",
    });
  });
});
