import { expect, test } from "vitest";
import { PREVIEW_CHARS_MAX, previewDocument } from "#components/body/preview-document.ts";

const bodyOf = (html: string) => previewDocument(html).replace(/^.*?img-src data:">/, "");

test.each([
  ["<p>a</p><SCRIPT src=x>if (a<b) c()</Script ><b>d</b>", "<p>a</p> <b>d</b>"],
  ["a<script>never closed <p>b", "a "],
  ["<style>p{}</style><scripts>s</scripts>", " <scripts>s</scripts>"],
  ["<scr<style>x</style>ipt>", "<scr ipt>"],
  [
    "<LINK rel=preconnect><link/><meta a><base\nhref=x>",
    "<x-LINK rel=preconnect><x-link/><x-meta a><x-base\nhref=x>",
  ],
  [`<a href="x">b</a><abbr>c</abbr>`, `<u href="x">b</u><abbr>c</abbr>`],
])("%j becomes %j", (html, expected) => {
  expect(bodyOf(html)).toBe(expected);
});

test("the policy stands in front, and only the beginning of a large page is taken", () => {
  const page = previewDocument(`<html>${"<script>".repeat(100_000)}`);
  expect(page).toMatch(/^<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security/);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
  expect(previewDocument("x".repeat(PREVIEW_CHARS_MAX + 9)).length).toBeLessThan(
    PREVIEW_CHARS_MAX + 300,
  );
});
