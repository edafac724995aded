import { describe, expect, it } from "vitest";
import { findInMenu, stepInMenu, typeOn } from "#components/ui/menu-keys.ts";

describe("the keys of a menu", () => {
  it("lead round the ends", () => {
    expect(stepInMenu("ArrowDown", -1, 3)).toBe(0);
    expect(stepInMenu("ArrowDown", 2, 3)).toBe(0);
    expect(stepInMenu("ArrowUp", -1, 3)).toBe(2);
    expect(stepInMenu("ArrowUp", 0, 3)).toBe(2);
    expect(stepInMenu("Home", 2, 3)).toBe(0);
    expect(stepInMenu("End", 0, 3)).toBe(2);
    expect(stepInMenu("x", 0, 3)).toBeNull();
  });

  it("find what starts with the letters typed, until there is a pause", () => {
    const first = typeOn({ text: "", atMs: 0 }, "F", 5_000);
    const second = typeOn(first, "e", 5_100);
    expect(second.text).toBe("fe");
    expect(typeOn(second, "c", 9_000).text).toBe("c");
    const labels = ["cURL (bash)", "cURL (cmd)", "fetch", "Frobnicate"];
    expect(findInMenu(labels, 0, "fe")).toBe(2);
    expect(findInMenu(labels, 2, "fr")).toBe(3);
    expect(findInMenu(labels, 0, "x")).toBeNull();
  });

  it("go from one to the next by the same letter again", () => {
    const labels = ["Clear", "All bins", "Copy"];
    expect(findInMenu(labels, -1, "c")).toBe(0);
    expect(findInMenu(labels, 0, "c")).toBe(2);
    expect(findInMenu(labels, 2, "cc")).toBe(0);
  });
});
