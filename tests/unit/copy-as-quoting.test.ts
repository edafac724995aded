import { execFileSync, spawnSync } from "node:child_process";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latin1Literal, pythonLiterals, scriptLiteral } from "#lib/copy-as/literal.ts";
import { pipeOf, quote } from "#lib/copy-as/shell.ts";
import { expectLinear } from "#tests/helpers/growth.ts";

const HOSTILE = [..."'\"\\`$!^;&|<>(){}[]*?~#=%@-+ \n\r\t0aé😀"].concat(
  ["$(id)", "`id`", "'\\''", "\\'", "!!", "!$", "${x}", "\\x27", "\\\n", "EOF\n", "*/", "//"],
  ["\u202e", "\u2028", "\ufeff", "\u00a0", "\u3164", "\u{e0041}", "\u0301", "\x1b[2J", "\x7f"],
);

const text = fc
  .array(fc.constantFrom(...HOSTILE), { maxLength: 12 })
  .map((parts) => parts.join(""));
const bytes = fc.oneof(
  text.map((value) => Buffer.from(value)),
  text.map((value) => Buffer.from(value, "latin1")),
  fc.uint8Array({ maxLength: 40 }).map((value) => Buffer.from(value)),
);
const word = bytes.map((value) => value.filter((byte) => byte !== 0));
const words = fc.array(word, { minLength: 20, maxLength: 60 });

const asLatin1 = (value: Uint8Array) => Buffer.from(value).toString("latin1");

/** What a shell's printf was given, one character per byte. */
const split = (printed: Buffer) => printed.toString("latin1").split("\0").slice(0, -1);

describe("a quoted word stands in bash for exactly its bytes", () => {
  test.each(["C", "C.UTF-8"])("in a script, with the locale %s", (locale) => {
    fc.assert(
      fc.property(words, (given) => {
        const script = `printf '%s\\0' ${given.map(quote).join(" ")}`;
        const env = { ...process.env, LC_ALL: locale };
        expect(split(execFileSync("bash", [], { input: script, env }))).toEqual(
          given.map(asLatin1),
        );
      }),
      { numRuns: 20 },
    );
  });

  test("typed into an interactive bash, where ! and ^ recall the history", () => {
    fc.assert(
      fc.property(words, (given) => {
        const lines = ["set -o history -o histexpand", "echo recalled >/dev/null"];
        const print = `printf '%s\\0' "x!!" ${given.map(quote).join(" ")}`;
        const script = [...lines, print, ""].join("\n");
        const args = ["--norc", "--noprofile", "--noediting", "-i"];
        const env = { ...process.env, LC_ALL: "C.UTF-8", PS1: "", PS2: "" };
        const [recalled, ...read] = split(spawnSync("bash", args, { input: script, env }).stdout);
        expect(recalled).toBe("xecho recalled >/dev/null");
        expect(read).toEqual(given.map(asLatin1));
      }),
      { numRuns: 15 },
    );
  });

  test("through a pipe, NUL and all", () => {
    fc.assert(
      fc.property(bytes, (given) => {
        const piped = execFileSync("bash", [], { input: `${pipeOf(given)}cat` });
        expect(asLatin1(piped)).toBe(asLatin1(given));
      }),
      { numRuns: 20 },
    );
  });

  test("and can be read where it is text", () => {
    expect(quote("application/json")).toBe("application/json");
    expect(quote("")).toBe("''");
    expect(quote("~")).toBe("'~'");
    expect(quote(Buffer.from('{"it\'s": "naïve 😀!"}'))).toBe(`'{"it'\\''s": "naïve 😀!"}'`);
    expect(quote("caf\xe9")).toBe("$'caf\\xe9'");
    expect(quote("a\tb\r\nc'!\\")).toBe("$'a\\tb\\r\\nc\\x27\\x21\\\\'");
    expect(quote("a\nb")).toBe("'a\nb'");
    expect(quote("a\n!b")).toBe("$'a\\n\\x21b'");
    expect(quote(Buffer.from("\u202egnp.exe"))).toBe("$'\\xe2\\x80\\xaegnp.exe'");
  });

  test.each(["\n", "!\n", "\n'a"])("%j, 256 KiB of it, takes one look at each", async (line) => {
    await expectLinear((size) => quote(Buffer.from(line.repeat(size / line.length))), 16 * 1024);
  });
});

describe("a literal stands for exactly its text", () => {
  const latin1 = fc.oneof(bytes.map(asLatin1));

  test("in JavaScript", () => {
    fc.assert(
      fc.property(text, latin1, (given, value) => {
        expect(runInNewContext(scriptLiteral(given))).toBe(given);
        expect(runInNewContext(latin1Literal(value))).toBe(value);
      }),
    );
  });

  const python = spawnSync("python3", ["-c", ""]).status === 0;
  test.skipIf(!python)(`in Python${python ? "" : ", which is not here"}`, () => {
    const texts = fc.sample(text, 1_000);
    const values = fc.sample(latin1, 1_000);
    const literals = [
      ...texts.map((given) => `(${pythonLiterals(given, "").join(" ")})`),
      ...values.map(latin1Literal),
      ...values.map((given) => `b${latin1Literal(given)}.decode("latin1")`),
    ];
    const program = `import json; print(json.dumps([${literals.join(",\n")}]))`;
    const read: unknown = JSON.parse(execFileSync("python3", [], { input: program }).toString());
    expect(read).toEqual([...texts, ...values, ...values]);
  });

  test("and can be read", () => {
    expect(scriptLiteral('say "naïve"\t\u202e')).toBe("'say \"naïve\"\\t\\u202e'");
    expect(scriptLiteral("{\n  `${x}` $5\r\n}")).toBe("`{\n  \\`\\${x}\\` $5\\r\n}`");
    expect(pythonLiterals("{\n}", "b")).toEqual(['b"{\\n"', 'b"}"']);
    expect(pythonLiterals("\u{e0041}", "")).toEqual(['"\\U000e0041"']);
    expect(latin1Literal("it's \"")).toBe('"it\'s \\""');
    expect(latin1Literal("caf\xe9 \xa0")).toBe('"caf\\xe9 \\xa0"');
  });
});
