import fc from "fast-check";
import { expect, test } from "vitest";
import { safeFileName } from "#components/body/save-bytes.ts";

test.each([
  ["report.pdf", "report.pdf"],
  ["../../etc/passwd", "_.._etc_passwd"],
  ["C:\\windows\\a.exe", "C__windows_a.exe"],
  ["invoice\u202efdp.exe", "invoicefdp.exe"],
  ["a\0b\r\nc", "abc"],
  [".bashrc", "bashrc"],
  ["  ", "part.bin"],
  ["", "part.bin"],
  [null, "part.bin"],
  ["größe 😀.bin", "größe 😀.bin"],
])("the file name %j is saved as %j", (sent, saved) => {
  expect(safeFileName(sent)).toBe(saved);
});

test("no name leaves its folder, hides or is empty", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      const safe = safeFileName(name);
      expect(safe).not.toMatch(/[/\\\p{Cc}\p{Cf}]/u);
      expect(safe).toMatch(/^[^.\s]/);
    }),
  );
});
