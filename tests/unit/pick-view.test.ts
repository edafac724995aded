import { describe, expect, test } from "vitest";
import { pickView } from "#lib/body/pick-view.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0);
const binary = Uint8Array.of(0x0a, 0x03, 0, 1, 2, 0xff);
const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>';

describe("by content type", () => {
  test.each([
    ["application/json", "{}", "json"],
    ["Application/JSON; charset=utf-8", "[1]", "json"],
    ["application/problem+json", "{}", "json"],
    ["application/cloudevents-batch+json", "[]", "json"],
    ["application/json", "{broken", "json"],
    ["application/x-ndjson", "{}\n{}", "json"],
    ["application/x-www-form-urlencoded", "a=1", "form"],
    ["multipart/form-data; boundary=b", "--b--", "multipart"],
    ["multipart/form-data", "--b\r\n\r\n--b--", "multipart"],
    ["text/html", "<script>", "text"],
    ["application/xml", "<a/>", "xml"],
    ["application/soap+xml", "<a/>", "xml"],
    ["image/svg+xml", svg, "xml"],
  ])("%s is shown as %3$s", (type, body, view) => {
    expect(pickView(type, bytes(body))).toMatchObject({ view, note: null });
  });

  test("an image by its type and its bytes", () => {
    expect(pickView("image/png", png)).toMatchObject({
      view: "image",
      imageType: "image/png",
      note: null,
    });
  });
});

describe("by the bytes, when the type says little or something else", () => {
  test.each([
    [null, '{"a":1}', "json", "No content type, but it reads as JSON"],
    [
      "text/plain; charset=UTF-8",
      '\n{"Type":"Notification"}\n',
      "json",
      "Declared as text/plain, but it reads as JSON",
    ],
    [
      "application/x-www-form-urlencoded",
      '{"a":1}',
      "json",
      "Declared as application/x-www-form-urlencoded, but it reads as JSON",
    ],
    [null, "plain words", "text", null],
    ["text/plain", "{ not closed", "text", null],
    ["application/octet-stream", "words", "text", null],
    ["multipart/mixed", "no boundary at all", "text", null],
    ["application/x-unheard-of", "words", "text", null],
  ])("%s with %j is shown as %s", (type, body, view, note) => {
    expect(pickView(type, bytes(body))).toMatchObject({ view, note });
  });

  test("bytes that are no text are shown as hex", () => {
    expect(pickView("application/x-protobuf", binary)).toMatchObject({ view: "hex", note: null });
    expect(pickView("application/json", binary).note).toBe(
      "Declared as application/json, but the bytes are not text",
    );
    expect(pickView("text/plain; charset=utf-16le", Uint8Array.of(0x61, 0, 0x62, 0)).view).toBe(
      "text",
    );
  });

  test("an image that was sent as something else is shown and said so", () => {
    expect(pickView("application/octet-stream", png)).toMatchObject({
      view: "image",
      note: "Declared as application/octet-stream, but it is image/png",
    });
    expect(pickView("image/png", bytes("not one")).view).toBe("text");
  });

  test("an SVG is XML first, never an image by itself", () => {
    for (const type of [null, "text/xml", "application/octet-stream", "image/svg+xml"]) {
      expect(pickView(type, bytes(svg))).toMatchObject({
        view: "xml",
        imageType: "image/svg+xml",
      });
    }
    expect(pickView("text/plain", bytes(`<?xml version="1.0"?><a/>`))).toMatchObject({
      view: "xml",
      note: "Declared as text/plain, but it reads as XML",
    });
    expect(pickView("text/html", bytes(svg)).imageType).toBeNull();
  });
});

test("text and hex can always be switched to, the picked view comes first", () => {
  for (const [type, body] of [
    ["application/json", "{}"],
    ["text/html", "x"],
    [null, "\0"],
    ["image/svg+xml", svg],
  ] as const) {
    const { view, views } = pickView(type, bytes(body));
    expect(views[0]).toBe(view);
    expect(views).toEqual(expect.arrayContaining(["text", "hex"]));
    expect(new Set(views).size).toBe(views.length);
  }
});

test("any bytes end quickly", () => {
  for (const body of [
    " ".repeat(10_000_000),
    "<?xml".repeat(2_000_000),
    "--".repeat(5_000_000),
    "[".repeat(10_000_000),
  ]) {
    for (const type of [null, "multipart/mixed", "image/png", `a/b;${'x="'.repeat(100)}`]) {
      expect(pickView(type, bytes(body)).views.length).toBeGreaterThan(0);
    }
  }
}, 5_000);
