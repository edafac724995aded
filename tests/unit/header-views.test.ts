import { describe, expect, test } from "vitest";
import { readBasic } from "#components/request/authorization.ts";
import { splitCookies } from "#components/request/cookies.ts";
import { groupHeaders } from "#components/request/header-groups.ts";
import { explainHeader } from "#components/request/header-words.ts";

describe("headers by what they are about", () => {
  test("keep their order, letter case and duplicates within a group", () => {
    const groups = groupHeaders(
      [
        ["Host", "a"],
        ["X-Custom", "1"],
        ["X-Hub-Signature-256", "s"],
        ["content-type", "text/plain"],
        ["X-Custom", "2"],
        ["X-Forwarded-For", "b"],
        ["Acme-Topic", "t"],
      ],
      "acme",
    );
    expect(groups.map(({ name, headers }) => [name, headers.map(([header]) => header)])).toEqual([
      ["Signature and provider", ["X-Hub-Signature-256", "Acme-Topic"]],
      ["Content", ["content-type"]],
      ["Network and proxies", ["Host", "X-Forwarded-For"]],
      ["The rest", ["X-Custom", "X-Custom"]],
    ]);
  });

  test("are all there, whatever their names", () => {
    const names = ["", "__proto__", "constructor", "-", "a".repeat(10_000), "X-<script>"];
    const groups = groupHeaders(
      names.map((name) => [name, "x"]),
      null,
    );
    expect(groups.flatMap(({ headers }) => headers)).toHaveLength(names.length);
  });
});

test("a header is explained by its name in any letter case, and only one that is known", () => {
  expect(explainHeader("CONTENT-TYPE")).toMatch(/^What the body is/);
  for (const name of ["X-Unknown", "__proto__", "constructor", "toString"]) {
    expect(explainHeader(name)).toBeNull();
  }
});

test("cookies are split in order, with duplicates, odd ones and escapes", () => {
  const cookies = splitCookies('a=1; b=%E2%82%AC=x;a=2;; lone; "q"="r s"; c=%zz; d=');
  expect(cookies.map(({ name, value, decoded }) => [name, value, decoded.text])).toEqual([
    ["a", "1", "1"],
    ["b", "%E2%82%AC=x", "€=x"],
    ["a", "2", "2"],
    ["", "lone", "lone"],
    ['"q"', '"r s"', '"r s"'],
    ["c", "%zz", "%zz"],
    ["d", "", ""],
  ]);
  expect(cookies[5]?.decoded.broken).toBe(true);
});

describe("an Authorization value", () => {
  test("of Basic is user and password, which may hold colons", () => {
    const token = Buffer.from("jörg:se:cret").toString("base64");
    expect(readBasic(`basic ${token}`)).toEqual({ user: "jörg", password: "se:cret" });
  });

  test.each(["Bearer opaque", "Basic !!!", "Basic bm9jb2xvbg==", "Digest a=b", ""])(
    "%j is left as it is",
    (value) => {
      expect(readBasic(value)).toBeNull();
    },
  );
});
