import { describe, expect, test } from "vitest";
import { readArgs, readCount, readDuration } from "../../cli/args.ts";
import { isBinId, readBinUrl } from "../../cli/bin-address.ts";
import { didYouMean } from "../../cli/did-you-mean.ts";
import { Exit } from "../../cli/exit.ts";
import { namesRequest } from "../../cli/find-request.ts";
import { wantsColour } from "../../cli/terminal/style.ts";

const flags = {
  to: { type: "string", multiple: true, says: "" },
  name: { type: "string", short: "n", says: "" },
  json: { type: "boolean", says: "" },
  missed: { type: "string", choices: ["deliver", "skip"], says: "" },
} as const;

const refusal = (args: string[]): string => {
  try {
    readArgs(args, flags);
    return "";
  } catch (error) {
    expect(error).toMatchObject({ exitCode: Exit.usage });
    return error instanceof Error ? error.message : "";
  }
};

describe("arguments", () => {
  test("are flags anywhere, and words; after -- all are words", () => {
    expect(readArgs(["a", "--to", "x", "-n", "me", "--to=y", "b", "--", "--json"], flags)).toEqual({
      values: { to: ["x", "y"], name: "me", json: false, missed: undefined },
      words: ["a", "b", "--json"],
    });
  });

  test("that are not known, lack a value or have one too many are told, with what was probably meant", () => {
    expect(refusal(["--jsno"])).toBe('There is no flag --jsno. Did you mean "--json"?');
    expect(refusal(["-x"])).toBe("There is no flag -x.");
    expect(refusal(["--name"])).toMatch(/^--name needs a value/);
    expect(refusal(["--to", "--json"])).toMatch(/^--to needs a value/);
    expect(refusal(["--to", "-n", "me"])).toMatch(/^--to needs a value/);
    expect(refusal(["--to=--json"])).toBe("");
    expect(refusal(["--json=yes"])).toBe("--json takes no value.");
    expect(refusal(["--missed", "delivr"])).toBe(
      '--missed is one of deliver, skip, not "delivr". Did you mean "deliver"?',
    );
  });

  test.each([
    ["500ms", 500],
    ["30s", 30_000],
    ["10m", 600_000],
    ["1.5h", 5_400_000],
    ["7d", 604_800_000],
    ["45", 45_000],
    ["0", 0],
  ])("of time: %s is %i ms", (text, ms) => expect(readDuration("--t", text)).toBe(ms));

  test.each(["", "ten", "-5", "5 weeks"])("of time: %j is none", (text) =>
    expect(() => readDuration("--t", text)).toThrow("is a time such as"),
  );

  test("of count: whole numbers within bounds", () => {
    expect(readCount("-n", "20", 1, 20)).toBe(20);
    for (const text of ["0", "21", "1.5", "x"]) {
      expect(() => readCount("-n", text, 1, 20)).toThrow("whole number from 1 to 20");
    }
  });
});

describe("what was meant", () => {
  test.each([
    ["lsiten", "listen"],
    ["lis", "list"],
    ["repaly", "replay"],
    ["Tail", "tail"],
  ])("by %s: %s", (word, meant) => {
    expect(didYouMean(word, ["listen", "list", "tail", "show", "replay"])).toBe(
      ` Did you mean "${meant}"?`,
    );
  });

  test("is not guessed from afar", () => {
    expect(didYouMean("frobnicate", ["listen", "list"])).toBe("");
  });
});

describe("a bin's address", () => {
  const id = "abcdefghij0123456789";
  test.each([
    `https://h.example/in/${id}`,
    `https://h.example/in/${id}/stripe?x=1`,
    `https://h.example/b/${id}`,
    `https://h.example/b/${id}#key=hlk_secret`,
  ])("%s", (url) => expect(readBinUrl(url)).toEqual({ origin: "https://h.example", bin: id }));

  test.each(["https://h.example/", `https://h.example/in/${id}x`, "h.example/in/x"])(
    "%s is none",
    (url) => expect(() => readBinUrl(url)).toThrow("is no capture URL"),
  );

  test("may be the id alone", () => {
    expect([isBinId(id), isBinId("orders")]).toEqual([true, false]);
  });
});

test("a request is named by its number, its id or `last`", () => {
  const names = ["42", "#42", "last", "01a1fe0a-634e-752f-9daa-14246c13aee0"];
  expect(names.map(namesRequest)).toEqual([true, true, true, true]);
  expect(["stripe", "4x", "path:/42", ""].map(namesRequest)).toEqual([false, false, false, false]);
});

describe("colour", () => {
  const tty = { isTTY: true };
  test.each([
    [tty, {}, true],
    [{}, {}, false],
    [tty, { NO_COLOR: "1" }, false],
    [tty, { NO_COLOR: "" }, true],
    [tty, { TERM: "dumb" }, false],
    [{}, { FORCE_COLOR: "1" }, true],
    [tty, { FORCE_COLOR: "0" }, false],
    [{}, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ])("%j with %j: %s", (stream, env, wanted) => {
    expect(wantsColour(stream, { NODE_ENV: "test", ...env })).toBe(wanted);
  });
});
