import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  asCaptured,
  changedParts,
  editOf,
  moveRow,
  rowAt,
  withBody,
} from "#components/edit/edited.ts";
import { hexFaultOf, jsonFaultOf } from "#components/edit/faults.ts";
import { fromHexText, toHexText } from "#components/edit/hex-text.ts";
import { packJson, spreadJson } from "#components/edit/json-text.ts";
import type { HeaderPair } from "#lib/contract/headers.ts";

const captured = {
  method: "POST",
  target: "/hook?x=1",
  headers: [
    ["Host", "bin.test"],
    ["X-Twice", "1"],
    ["x-twice", "2"],
  ] as HeaderPair[],
};
const bytes = (text: string) => new TextEncoder().encode(text);

describe("an edit before sending", () => {
  test("is nothing while all is as captured, also after a change and back", () => {
    const edited = asCaptured(captured);
    expect(editOf(captured, edited)).toBeNull();
    const there = withBody({ ...edited, method: "PUT" }, bytes("b"), bytes("a"));
    expect(changedParts(captured, there)).toEqual(["method", "body"]);
    expect(
      editOf(captured, withBody({ ...there, method: "POST" }, bytes("a"), bytes("a"))),
    ).toBeNull();
  });

  test("holds only what differs", () => {
    const edited = { ...asCaptured(captured), target: "/other" };
    expect(editOf(captured, edited)).toEqual({ target: "/other" });
  });

  test("keeps the order, the letter case and the doubles of headers", () => {
    const edited = asCaptured(captured);
    const headers = moveRow(edited.headers, 2, -1);
    expect(editOf(captured, { ...edited, headers })).toEqual({
      headers: [
        ["Host", "bin.test"],
        ["x-twice", "2"],
        ["X-Twice", "1"],
      ],
    });
  });

  test("a row at the end stays there", () => {
    const { headers } = asCaptured(captured);
    expect(moveRow(headers, 0, -1)).toEqual(headers);
    expect(moveRow(headers, 2, 1)).toEqual(headers);
  });

  test("empty rows are not sent, and pointers do not count them", () => {
    const edited = asCaptured(captured);
    const headers = [{ id: 9, name: "", value: "" }, ...edited.headers];
    expect(editOf(captured, { ...edited, headers })).toBeNull();
    expect(rowAt({ ...edited, headers }, 1)?.name).toBe("X-Twice");
  });

  test("an emptied body is a body of no bytes", () => {
    const edited = withBody(asCaptured(captured), new Uint8Array(), bytes("a"));
    expect(editOf(captured, edited)).toEqual({ bodyBase64: "" });
  });
});

describe("bytes as digits", () => {
  test("come back as they were", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (given) => {
        expect(fromHexText(toHexText(given))).toEqual({ kind: "bytes", bytes: given });
      }),
    );
  });

  test.each([
    ["0", 1, 1],
    ["00 zz", 1, 4],
    ["00\n1", 2, 1],
    ["é", 1, 1],
  ])("%j is refused at its place", (text, line, column) => {
    expect(hexFaultOf(text)).toMatchObject({ line, column });
  });
});

describe("JSON while it is edited", () => {
  test("keeps its numbers, escapes, order and doubled keys when it is formatted or minified", () => {
    const text = '{"b":1.0,"a":12345678901234567890,"a":"\\u00e9","c":[],"d":[1,{"e":null}]}';
    const spread = spreadJson(text);
    expect(spread).toContain('  "a": 12345678901234567890,\n  "a": "\\u00e9"');
    expect(packJson(spread ?? "")).toBe(text);
  });

  test("a fault is told by line and column, and such a text is not formatted", () => {
    const text = '{\n  "a": 1,\n  "b" 2\n}';
    expect(jsonFaultOf(text)).toMatchObject({ line: 3, column: 7 });
    expect(spreadJson(text)).toBeNull();
    expect(jsonFaultOf('{"a": 1}')).toBeNull();
  });

  test("any JSON survives formatting and minifying with the same meaning", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const spread = spreadJson(text);
        expect(spread).not.toBeNull();
        expect(JSON.parse(packJson(spread ?? "") ?? "")).toEqual(JSON.parse(text));
      }),
    );
  });
});
